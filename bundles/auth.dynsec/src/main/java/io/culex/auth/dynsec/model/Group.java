// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Clients with common roles.
 *
 * @param groupname unique
 * @param textName for people; null: none
 * @param textDescription for people; null: none
 * @param roles in the order in which they are asked
 * @param clients its members by name; the priority is that of this group among the groups of the client
 */
public record Group(
        String groupname,
        @Nullable String textName,
        @Nullable String textDescription,
        List<Ranked> roles,
        List<Ranked> clients) {
    private static final Comparator<Ranked> BY_NAME = Comparator.comparing(Ranked::name);

    public Group {
        Objects.requireNonNull(groupname, "groupname");
        roles = roles.stream().sorted(Ranked.ORDER).toList();
        clients = clients.stream().sorted(BY_NAME).toList();
    }

    /** With nothing but a name. */
    public static Group of(String groupname) {
        return new Group(groupname, null, null, List.of(), List.of());
    }

    /** The same with these roles. */
    public Group withRoles(List<Ranked> other) {
        return new Group(groupname, textName, textDescription, other, clients);
    }

    /** The same with these members. */
    public Group withClients(List<Ranked> other) {
        return new Group(groupname, textName, textDescription, roles, other);
    }

    /** The same with other texts; null: none. */
    public Group withTexts(@Nullable String name, @Nullable String description) {
        return new Group(groupname, name, description, roles, clients);
    }
}
