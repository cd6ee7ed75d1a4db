// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.AclType;
import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.Event;
import io.culex.auth.dynsec.model.Group;
import io.culex.auth.dynsec.model.Ranked;
import io.culex.auth.dynsec.model.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SPEC D.3 read aloud: looks at one rule after the other, compiles and remembers nothing, and shares no code with the rules. */
final class NaiveRules {
    private final Configuration configuration;
    private final boolean alphabetical;

    NaiveRules(Configuration configuration, boolean alphabetical) {
        this.configuration = configuration;
        this.alphabetical = alphabetical;
    }

    /** Null: there is no such client. */
    @Nullable
    Boolean decide(Event event, @Nullable String username, String clientId, String topic) {
        List<Role> roles = new ArrayList<>();
        if (username == null) {
            if (configuration.anonymousGroup() != null) {
                addRoles(configuration.groups().get(configuration.anonymousGroup()), roles);
            }
        } else {
            Client client = configuration.clients().get(username);
            if (client == null) {
                return null;
            }
            addRoles(client.roles(), roles);
            List<Ranked> groups = new ArrayList<>();
            for (Group group : configuration.groups().values()) {
                for (Ranked member : group.clients()) {
                    if (member.name().equals(username)) {
                        groups.add(new Ranked(group.groupname(), member.priority()));
                    }
                }
            }
            sorted(groups).forEach(group -> addRoles(configuration.groups().get(group.name()), roles));
        }
        for (Role role : roles) {
            Boolean decided = decide(role, event, username, clientId, topic);
            if (decided != null) {
                return decided;
            }
        }
        return configuration.defaultAccess().allows(event) && !topic.startsWith("$CONTROL");
    }

    private void addRoles(@Nullable Group group, List<Role> roles) {
        if (group != null) {
            addRoles(group.roles(), roles);
        }
    }

    private void addRoles(List<Ranked> list, List<Role> roles) {
        for (Ranked entry : sorted(list)) {
            Role role = configuration.roles().get(entry.name());
            if (role != null) {
                roles.add(role);
            }
        }
    }

    private static List<Ranked> sorted(List<Ranked> list) {
        return list.stream()
                .sorted(Comparator.comparing((Ranked entry) -> -entry.priority())
                        .thenComparing(Ranked::name))
                .toList();
    }

    private @Nullable Boolean decide(Role role, Event event, @Nullable String username, String clientId, String topic) {
        if (event == Event.SUBSCRIBE && !role.allowWildcardSubs() && (topic.contains("+") || topic.contains("#"))) {
            return false;
        }
        for (AclType type : AclType.values()) {
            if (type.event() != event) {
                continue;
            }
            List<Acl> acls = new ArrayList<>(
                    role.acls().stream().filter(acl -> acl.type() == type).toList());
            if (alphabetical) {
                acls.sort(Comparator.comparing(Acl::topic));
            }
            acls.sort(Comparator.comparing(acl -> -acl.priority()));
            for (Acl acl : acls) {
                if (matches(acl, username, clientId, topic)) {
                    return acl.allow();
                }
            }
        }
        return null;
    }

    private static boolean matches(Acl acl, @Nullable String username, String clientId, String topic) {
        if (acl.type().isLiteral()) {
            return acl.topic().equals(topic);
        }
        List<String> pattern = new ArrayList<>();
        for (String level : acl.topic().split("/", -1)) {
            if (level.equals("%u")) {
                if (username == null) {
                    return false;
                }
                pattern.add(username);
            } else {
                pattern.add(level.equals("%c") ? clientId : level);
            }
        }
        List<String> levels = List.of(topic.split("/", -1));
        if (topic.startsWith("$") != acl.topic().startsWith("$")) {
            return false;
        }
        return covers(pattern, levels);
    }

    private static boolean covers(List<String> pattern, List<String> levels) {
        if (pattern.isEmpty() || levels.isEmpty()) {
            return pattern.equals(levels) || pattern.equals(List.of("#"));
        }
        if (pattern.get(0).equals("#")) {
            return true;
        }
        boolean same = pattern.get(0).equals(levels.get(0))
                || (pattern.get(0).equals("+") && !levels.get(0).equals("#"));
        return same && covers(pattern.subList(1, pattern.size()), levels.subList(1, levels.size()));
    }
}
