// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds ACLs of a role that have the same type and priority, match a common topic and decide differently: only their order says
 * which of them counts, and Mosquitto and its documentation disagree about that order (SPEC Z.15).
 */
public final class Overlaps {
    private static final int LIMIT = 20;

    /** Which take far less than a second; the broker starts only after them. */
    private static final int COMPARISONS = 10_000_000;

    private final List<String> found = new ArrayList<>();
    private int left = COMPARISONS;

    private Overlaps() {}

    /** An ACL and the levels of its topic. */
    private record Levels(Acl acl, String[] levels) {
        static List<Levels> of(List<Acl> acls, boolean allow) {
            return acls.stream()
                    .filter(acl -> acl.allow() == allow)
                    .map(acl -> new Levels(acl, acl.topic().split("/", -1)))
                    .toList();
        }
    }

    /** A line for each pair, for a person; the first ones only when there are many. */
    public static List<String> of(Configuration configuration) {
        Overlaps search = new Overlaps();
        configuration.roles().values().forEach(search::in);
        return search.found;
    }

    /** ACLs are sorted by type and priority: those that may differ follow each other. */
    private void in(Role role) {
        List<Acl> acls = role.acls();
        int from = 0;
        for (int to = 1; to <= acls.size(); to++) {
            if (to == acls.size() || !areEqual(acls.get(from), acls.get(to))) {
                among(role, acls.subList(from, to));
                from = to;
            }
        }
    }

    private static boolean areEqual(Acl one, Acl other) {
        return one.type() == other.type() && one.priority() == other.priority();
    }

    /** Of these only those that decide differently are compared. */
    private void among(Role role, List<Acl> acls) {
        if (acls.get(0).type().isLiteral()
                || acls.stream().noneMatch(acl -> acl.allow() != acls.get(0).allow())) {
            return;
        }
        List<Levels> denying = Levels.of(acls, false);
        for (Levels one : Levels.of(acls, true)) {
            for (Levels other : denying) {
                if (left == 0 || found.size() >= LIMIT) {
                    return;
                }
                compare(role, one, other);
            }
        }
    }

    private void compare(Role role, Levels one, Levels other) {
        if (overlap(one.levels(), other.levels())) {
            found.add("Warning: In role '" + role.rolename() + "' the ACLs "
                    + one.acl().type().text() + " '" + one.acl().topic()
                    + "' and '" + other.acl().topic() + "' have the same priority ("
                    + one.acl().priority()
                    + ") and decide differently about common topics; give them different priorities.");
        }
        left--;
        if (left == 0) {
            found.add(
                    "Warning: Role '" + role.rolename()
                            + "' has too many ACLs that decide differently at the same priority: not all of them were compared.");
        }
    }

    /** Whether some topic matches both; {@code %u} and {@code %c} may be anything. */
    private static boolean overlap(String[] a, String[] b) {
        // A wildcard at the beginning is not meant for what begins with '$' [MQTT-4.7.2-1].
        if (a[0].startsWith("$") != b[0].startsWith("$")) {
            return false;
        }
        int shorter = Math.min(a.length, b.length);
        for (int i = 0; i < shorter; i++) {
            if (a[i].equals("#") || b[i].equals("#")) {
                return true;
            }
            if (!isAny(a[i]) && !isAny(b[i]) && !a[i].equals(b[i])) {
                return false;
            }
        }
        return a.length == b.length
                || (a.length == shorter + 1 && a[shorter].equals("#"))
                || (b.length == shorter + 1 && b[shorter].equals("#"));
    }

    private static boolean isAny(String level) {
        return level.equals("+") || level.equals("%u") || level.equals("%c");
    }
}
