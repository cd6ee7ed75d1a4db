// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one ACL file says (SPEC C.2). Immutable; any thread.
 *
 * @param anonymous rules for clients without a user name; null: none
 * @param users rules by user name
 * @param patterns rules for everybody; null: none
 * @param count of rules
 */
record Rules(@Nullable RuleTree anonymous, Map<String, RuleTree> users, @Nullable RuleTree patterns, int count) {
    /** What is decided about one access. */
    enum Decision {
        ALLOWED,
        DENIED,
        /** Denied because of a wildcard in the client's names, which must not meet patterns (CVE-2017-7650). */
        DANGEROUS
    }

    /** Takes the rules of a file in their order; belongs to one thread. */
    static final class Builder {
        private final Map<String, RuleTree.Builder> users = new HashMap<>();
        private RuleTree.@Nullable Builder anonymous;
        private RuleTree.@Nullable Builder patterns;
        private int count;

        /** A {@code topic} line; without a user name it is for those who have none. */
        void topic(@Nullable String username, Grant grant, String filter) {
            RuleTree.Builder list;
            if (username == null) {
                anonymous = anonymous == null ? new RuleTree.Builder() : anonymous;
                list = anonymous;
            } else {
                list = users.computeIfAbsent(username, name -> new RuleTree.Builder());
            }
            list.add(filter, grant);
            count++;
        }

        /** A {@code pattern} line. */
        void pattern(Grant grant, String filter) {
            patterns = patterns == null ? new RuleTree.Builder() : patterns;
            patterns.addPattern(filter, grant);
            count++;
        }

        Rules build() {
            Map<String, RuleTree> trees = new HashMap<>();
            users.forEach((name, list) -> trees.put(name, list.build()));
            return new Rules(
                    anonymous == null ? null : anonymous.build(),
                    Map.copyOf(trees),
                    patterns == null ? null : patterns.build(),
                    count);
        }
    }

    /**
     * Decides one access.
     *
     * @param wanted {@link Grant#READ} or {@link Grant#WRITE}
     */
    Decision decide(Grant wanted, String clientId, @Nullable String username, String topic) {
        RuleTree own = username == null ? anonymous : users.get(username);
        if (own != null) {
            int bits = own.bits(topic);
            if ((bits & Grant.DENY.bits()) != 0) {
                return Decision.DENIED;
            }
            if ((bits & wanted.bits()) != 0) {
                return Decision.ALLOWED;
            }
        }
        if (patterns == null) {
            return Decision.DENIED;
        }
        if (hasWildcard(clientId) || (username != null && hasWildcard(username))) {
            return Decision.DANGEROUS;
        }
        int bits = patterns.bits(topic, username, clientId);
        boolean allowed = (bits & Grant.DENY.bits()) == 0 && (bits & wanted.bits()) != 0;
        return allowed ? Decision.ALLOWED : Decision.DENIED;
    }

    private static boolean hasWildcard(String name) {
        return name.indexOf('+') >= 0 || name.indexOf('#') >= 0;
    }
}
