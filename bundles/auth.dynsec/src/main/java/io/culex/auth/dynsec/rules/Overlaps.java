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
    private static final int COMPARED = 2_000;

    private Overlaps() {}

    /** A line for each pair, for a person; the first ones only when there are many. */
    public static List<String> of(Configuration configuration) {
        List<String> found = new ArrayList<>();
        for (Role role : configuration.roles().values()) {
            List<Acl> acls = role.acls();
            for (int i = 0; i < acls.size() && found.size() < LIMIT; i++) {
                addTo(found, role, i);
            }
        }
        return found;
    }

    /** They are sorted by type and priority: those that may differ follow each other. */
    private static void addTo(List<String> found, Role role, int from) {
        List<Acl> acls = role.acls();
        Acl one = acls.get(from);
        for (int i = from + 1; i < Math.min(acls.size(), from + COMPARED) && found.size() < LIMIT; i++) {
            Acl other = acls.get(i);
            if (other.type() != one.type() || other.priority() != one.priority()) {
                return;
            }
            if (other.allow() != one.allow() && !one.type().isLiteral() && overlap(one.topic(), other.topic())) {
                found.add("Warning: In role '" + role.rolename() + "' the ACLs "
                        + one.type().text() + " '" + one.topic()
                        + "' and '" + other.topic() + "' have the same priority (" + one.priority()
                        + ") and decide differently about common topics; give them different priorities.");
            }
        }
    }

    /** Whether some topic matches both; {@code %u} and {@code %c} may be anything. */
    static boolean overlap(String one, String other) {
        // A wildcard at the beginning is not meant for what begins with '$' [MQTT-4.7.2-1].
        if (one.startsWith("$") != other.startsWith("$")) {
            return false;
        }
        String[] a = one.split("/", -1);
        String[] b = other.split("/", -1);
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
