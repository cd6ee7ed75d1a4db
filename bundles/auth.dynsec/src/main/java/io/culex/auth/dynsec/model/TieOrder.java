// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.util.Comparator;
import java.util.List;

/** In which order the ACLs of a role that have the same type and priority are asked (SPEC Z.15). */
public enum TieOrder {
    /** As they were added: what Mosquitto does, and the default. */
    INSERTION,
    /** By their topics: what Mosquitto's documentation says. */
    ALPHABETICAL;

    private static final Comparator<Acl> BY_TOPIC = Comparator.comparing(Acl::type)
            .thenComparing(Comparator.comparingInt(Acl::priority).reversed())
            .thenComparing(Acl::topic);

    /** The ACLs of a role in the order in which they are asked, by type. */
    public List<Acl> of(Role role) {
        return this == INSERTION
                ? role.acls()
                : role.acls().stream().sorted(BY_TOPIC).toList();
    }
}
