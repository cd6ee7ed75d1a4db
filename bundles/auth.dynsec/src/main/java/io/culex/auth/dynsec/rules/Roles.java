// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.Group;
import io.culex.auth.dynsec.model.Ranked;
import io.culex.auth.dynsec.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The roles of someone in the order in which they are asked: those of the client, then group by group. Equal for all who have the
 * same roles by the same groups; a role that was changed is another one.
 */
record Roles(List<Held> held) {
    /** A role, and the group by which it is held; null: by the client itself. */
    record Held(@Nullable String group, Role role) {
        @Override
        @SuppressWarnings("ReferenceEquality") // as roles are never changed, those that are the same are one object
        public boolean equals(@Nullable Object other) {
            return other instanceof Held that && role == that.role && Objects.equals(group, that.group);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(role) * 31 + Objects.hashCode(group);
        }
    }

    static Roles of(Configuration configuration, Client client) {
        List<Held> held = new ArrayList<>();
        add(configuration, null, client.roles(), held);
        for (Ranked group : configuration.groupsOf(client.username())) {
            addGroup(configuration, group.name(), held);
        }
        return new Roles(List.copyOf(held));
    }

    /** Those of clients without a user name. */
    static Roles ofAnonymous(Configuration configuration) {
        List<Held> held = new ArrayList<>();
        String group = configuration.anonymousGroup();
        if (group != null) {
            addGroup(configuration, group, held);
        }
        return new Roles(List.copyOf(held));
    }

    private static void addGroup(Configuration configuration, String name, List<Held> held) {
        Group group = configuration.groups().get(name);
        if (group != null) {
            add(configuration, name, group.roles(), held);
        }
    }

    private static void add(Configuration configuration, @Nullable String group, List<Ranked> roles, List<Held> held) {
        for (Ranked entry : roles) {
            Role role = configuration.roles().get(entry.name());
            if (role != null) {
                held.add(new Held(group, role));
            }
        }
    }
}
