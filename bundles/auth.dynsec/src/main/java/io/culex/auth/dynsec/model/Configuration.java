// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one file says. Immutable; any thread. What refers to something (a role of a client, a member of a group, the
 * anonymous group) refers to something that is there: reading a file and the commands see to that.
 */
public final class Configuration {
    /** Nothing and nobody, and nothing is allowed. */
    public static final Configuration EMPTY =
            new Configuration(0, DefaultAccess.NOTHING, List.of(), List.of(), List.of(), null);

    private final long changeIndex;
    private final DefaultAccess defaultAccess;
    private final SortedMap<String, Client> clients;
    private final SortedMap<String, Group> groups;
    private final SortedMap<String, Role> roles;
    private final @Nullable String anonymousGroup;
    private volatile @Nullable Map<String, List<Ranked>> memberships;

    /**
     * With these objects; of two with the same name, the last counts.
     *
     * @param changeIndex how many changes there were
     * @param anonymousGroup the group of clients without a user name; null: none
     */
    public Configuration(
            long changeIndex,
            DefaultAccess defaultAccess,
            Collection<Client> clients,
            Collection<Group> groups,
            Collection<Role> roles,
            @Nullable String anonymousGroup) {
        this.changeIndex = changeIndex;
        this.defaultAccess = defaultAccess;
        this.clients = byName(clients, Client::username);
        this.groups = byName(groups, Group::groupname);
        this.roles = byName(roles, Role::rolename);
        this.anonymousGroup = anonymousGroup;
    }

    private static <T> SortedMap<String, T> byName(Collection<T> objects, Function<T, String> name) {
        SortedMap<String, T> sorted = new TreeMap<>();
        objects.forEach(object -> sorted.put(name.apply(object), object));
        return Collections.unmodifiableSortedMap(sorted);
    }

    /** The same after that many changes. */
    public Configuration withChangeIndex(long other) {
        return new Configuration(
                other, defaultAccess, clients.values(), groups.values(), roles.values(), anonymousGroup);
    }

    /** How many changes there were. */
    public long changeIndex() {
        return changeIndex;
    }

    /** What holds where no ACL decides. */
    public DefaultAccess defaultAccess() {
        return defaultAccess;
    }

    /** The clients by name. */
    public SortedMap<String, Client> clients() {
        return clients;
    }

    /** The groups by name. */
    public SortedMap<String, Group> groups() {
        return groups;
    }

    /** The roles by name. */
    public SortedMap<String, Role> roles() {
        return roles;
    }

    /** The group of clients without a user name; null: none. */
    public @Nullable String anonymousGroup() {
        return anonymousGroup;
    }

    /** The groups of a client in the order in which they are asked; empty for one that is not there. */
    public List<Ranked> groupsOf(String username) {
        Map<String, List<Ranked>> known = memberships;
        if (known == null) {
            known = findMemberships();
            memberships = known;
        }
        return known.getOrDefault(username, List.of());
    }

    private Map<String, List<Ranked>> findMemberships() {
        Map<String, List<Ranked>> found = new HashMap<>();
        for (Group group : groups.values()) {
            for (Ranked member : group.clients()) {
                found.computeIfAbsent(member.name(), name -> new ArrayList<>())
                        .add(new Ranked(group.groupname(), member.priority()));
            }
        }
        found.replaceAll((name, list) -> list.stream().sorted(Ranked.ORDER).toList());
        return found;
    }
}
