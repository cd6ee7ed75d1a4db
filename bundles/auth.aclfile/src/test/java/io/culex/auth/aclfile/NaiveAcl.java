// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import io.culex.api.message.TopicFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The evaluation of SPEC C.2 word for word, rule by rule, for comparison. */
final class NaiveAcl {
    /** A line of the file; a pattern has no owner. */
    record Rule(boolean pattern, @Nullable String owner, Grant grant, String filter) {
        String line() {
            return (pattern ? "pattern " : "topic ") + grant.name().toLowerCase(Locale.ROOT) + " " + filter;
        }
    }

    private final List<Rule> rules;

    NaiveAcl(List<Rule> rules) {
        this.rules = rules;
    }

    Rules.Decision decide(Grant wanted, String clientId, @Nullable String username, String topic) {
        List<Rule> own = rules.stream()
                .filter(rule -> !rule.pattern() && Objects.equals(rule.owner(), username))
                .toList();
        List<Rule> patterns = rules.stream().filter(Rule::pattern).toList();
        if (own.isEmpty() && patterns.isEmpty()) {
            return Rules.Decision.DENIED;
        }
        for (Rule rule : denyFirst(own)) {
            if (sameKind(rule.filter(), topic) && TopicFilter.matches(rule.filter(), topic)) {
                if (rule.grant() == Grant.DENY) {
                    return Rules.Decision.DENIED;
                }
                if (rule.grant() == Grant.READWRITE || rule.grant() == wanted) {
                    return Rules.Decision.ALLOWED;
                }
            }
        }
        if (patterns.isEmpty()) {
            return Rules.Decision.DENIED;
        }
        if ((clientId + (username == null ? "" : username)).matches(".*[+#].*")) {
            return Rules.Decision.DANGEROUS;
        }
        for (Rule rule : denyFirst(patterns)) {
            if (sameKind(rule.filter(), topic) && matchesPattern(rule.filter(), clientId, username, topic)) {
                if (rule.grant() == Grant.DENY) {
                    return Rules.Decision.DENIED;
                }
                if (rule.grant() == Grant.READWRITE || rule.grant() == wanted) {
                    return Rules.Decision.ALLOWED;
                }
            }
        }
        return Rules.Decision.DENIED;
    }

    /** All deny rules, the last written first, and then the others in their order. */
    private static List<Rule> denyFirst(List<Rule> list) {
        List<Rule> ordered = new ArrayList<>(
                list.stream().filter(rule -> rule.grant() == Grant.DENY).toList());
        Collections.reverse(ordered);
        list.stream().filter(rule -> rule.grant() != Grant.DENY).forEach(ordered::add);
        return ordered;
    }

    private static boolean sameKind(String filter, String topic) {
        return filter.startsWith("$") == topic.startsWith("$");
    }

    private static boolean matchesPattern(String filter, String clientId, @Nullable String username, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] given = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return given.length >= i;
            }
            if (i >= given.length) {
                return false;
            }
            String name = wanted[i].equals("%u") ? username : wanted[i].equals("%c") ? clientId : wanted[i];
            boolean substituted = wanted[i].equals("%u") || wanted[i].equals("%c");
            if (name == null || (substituted && name.isEmpty())) {
                return false;
            }
            if (!(name.equals("+") && !substituted) && !name.equals(given[i])) {
                return false;
            }
        }
        return wanted.length == given.length;
    }
}
