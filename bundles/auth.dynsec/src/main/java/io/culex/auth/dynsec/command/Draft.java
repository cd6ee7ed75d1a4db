// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.DefaultAccess;
import io.culex.auth.dynsec.model.Group;
import io.culex.auth.dynsec.model.Ranked;
import io.culex.auth.dynsec.model.Role;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A configuration that is being changed. What refers to something that goes, goes with it. Belongs to one thread. */
final class Draft {
    private final Map<String, Client> clients;
    private final Map<String, Group> groups;
    private final Map<String, Role> roles;
    private DefaultAccess defaultAccess;
    private @Nullable String anonymousGroup;
    private long changeIndex;
    private @Nullable Configuration view;

    Draft(Configuration from) {
        clients = new TreeMap<>(from.clients());
        groups = new TreeMap<>(from.groups());
        roles = new TreeMap<>(from.roles());
        defaultAccess = from.defaultAccess();
        anonymousGroup = from.anonymousGroup();
        changeIndex = from.changeIndex();
        view = from;
    }

    /** As it is now. */
    Configuration view() {
        Configuration now = view;
        if (now == null) {
            now = new Configuration(
                    changeIndex, defaultAccess, clients.values(), groups.values(), roles.values(), anonymousGroup);
            view = now;
        }
        return now;
    }

    /** One more change. */
    void changed() {
        changeIndex++;
        view = null;
    }

    DefaultAccess defaultAccess() {
        return defaultAccess;
    }

    void defaultAccess(DefaultAccess other) {
        defaultAccess = other;
    }

    @Nullable
    String anonymousGroup() {
        return anonymousGroup;
    }

    boolean isAnonymousGroup(String groupname) {
        return Objects.equals(anonymousGroup, groupname);
    }

    void anonymousGroup(String groupname) {
        anonymousGroup = groupname;
    }

    boolean hasClient(String username) {
        return clients.containsKey(username);
    }

    Client client(String username) throws RefusedException {
        return found(clients, username, "Client not found");
    }

    boolean hasGroup(String groupname) {
        return groups.containsKey(groupname);
    }

    Group group(String groupname) throws RefusedException {
        return found(groups, groupname, "Group not found");
    }

    boolean hasRole(String rolename) {
        return roles.containsKey(rolename);
    }

    Role role(String rolename) throws RefusedException {
        return role(rolename, "Role not found");
    }

    Role role(String rolename, String refusal) throws RefusedException {
        return found(roles, rolename, refusal);
    }

    private static <T> T found(Map<String, T> in, String name, String refusal) throws RefusedException {
        T found = in.get(name);
        if (found == null) {
            throw new RefusedException(refusal);
        }
        return found;
    }

    void put(Client client) {
        view = null;
        clients.put(client.username(), client);
    }

    void put(Group group) {
        view = null;
        groups.put(group.groupname(), group);
    }

    void put(Role role) {
        view = null;
        roles.put(role.rolename(), role);
    }

    void removeClient(String username) {
        view = null;
        clients.remove(username);
        leaveGroups(username);
    }

    /** The client is in no group any more. */
    void leaveGroups(String username) {
        view = null;
        groups.replaceAll((name, group) -> {
            List<Ranked> left = Lists.without(group.clients(), username);
            return left.size() == group.clients().size() ? group : group.withClients(left);
        });
    }

    void removeGroup(String groupname) {
        view = null;
        groups.remove(groupname);
    }

    void removeRole(String rolename) {
        view = null;
        roles.remove(rolename);
        replace(clients, client -> {
            List<Ranked> left = Lists.without(client.roles(), rolename);
            return left.size() == client.roles().size() ? client : client.withRoles(left);
        });
        replace(groups, group -> {
            List<Ranked> left = Lists.without(group.roles(), rolename);
            return left.size() == group.roles().size() ? group : group.withRoles(left);
        });
    }

    private static <T> void replace(Map<String, T> objects, UnaryOperator<T> by) {
        objects.replaceAll((name, object) -> by.apply(object));
    }

    /** Whoever has the role, by a group or without one, is kicked. */
    void kickRole(String rolename, Kicks kicks) {
        for (Client client : clients.values()) {
            if (Lists.has(client.roles(), rolename)) {
                kicks.rights(client.username());
            }
        }
        for (Group group : groups.values()) {
            if (Lists.has(group.roles(), rolename)) {
                kickGroup(group, kicks);
            }
        }
    }

    /** Whoever is in the group is kicked. */
    void kickGroup(Group group, Kicks kicks) {
        kicks.rights(group.clients().stream().map(Ranked::name).toList());
        if (isAnonymousGroup(group.groupname())) {
            kicks.anonymousRights();
        }
    }
}
