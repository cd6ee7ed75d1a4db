// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import io.culex.api.message.TopicName;
import io.culex.auth.dynsec.json.Members;
import io.culex.security.hash.InvalidHashException;
import io.culex.security.hash.PasswordHash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One reading of a file, in the order general, roles, clients, groups. */
final class ConfigurationReading {
    private final Consumer<String> warnings;
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();

    ConfigurationReading(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    Configuration read(Members root) throws Members.FaultException, InvalidConfigurationException {
        DefaultAccess defaults = defaults(root.members("defaultaclaccess"));
        for (Members object : root.objects("roles")) {
            if (isNew(object, "rolename", roles)) {
                Role role = role(object);
                roles.put(role.rolename(), role);
            }
        }
        for (Members object : root.objects("clients")) {
            if (isNew(object, "username", clients)) {
                Client client = client(object);
                clients.put(client.username(), client);
            }
        }
        for (Members object : root.objects("groups")) {
            if (isNew(object, "groupname", groups)) {
                Group group = group(object);
                groups.put(group.groupname(), group);
            }
        }
        return new Configuration(
                Math.max(0, root.number("changeindex", 0)),
                defaults,
                clients.values(),
                groups.values(),
                roles.values(),
                anonymousGroup(root));
    }

    private static DefaultAccess defaults(Members object) throws Members.FaultException {
        DefaultAccess defaults = DefaultAccess.NOTHING;
        for (Event event : Event.values()) {
            defaults = defaults.with(event, object.flag(event.text().toLowerCase(Locale.ROOT), false));
        }
        return defaults;
    }

    private @Nullable String anonymousGroup(Members root) throws Members.FaultException {
        String name = root.textOrNone("anonymousgroup");
        if (name != null && !groups.containsKey(name)) {
            warn("anonymousGroup", "there is no group '" + name + "'");
            return null;
        }
        return name;
    }

    private Role role(Members object) throws Members.FaultException, InvalidConfigurationException {
        Map<Acl.Key, Acl> acls = new LinkedHashMap<>();
        for (Members entry : object.objects("acls")) {
            acl(entry, acls.keySet()).ifPresent(acl -> acls.put(acl.key(), acl));
        }
        return new Role(
                object.required("rolename"),
                object.textOrNone("textname"),
                object.textOrNone("textdescription"),
                object.flag("allowwildcardsubs", true),
                List.copyOf(acls.values()));
    }

    private Optional<Acl> acl(Members entry, Set<Acl.Key> before)
            throws Members.FaultException, InvalidConfigurationException {
        AclType type = AclType.of(String.valueOf(entry.text("acltype"))).orElse(null);
        String topic = entry.textOrNone("topic");
        if (type == null || topic == null) {
            warn(entry.place(), type == null ? "its acltype is unknown" : "it has no topic");
            return Optional.empty();
        }
        if (before.contains(new Acl.Key(type, topic))) {
            warn(entry.place(), "the role has an ACL of this type and topic already");
            return Optional.empty();
        }
        Acl acl = new Acl(type, topic, entry.smallNumber("priority", Acl.DEFAULT_PRIORITY), entry.flag("allow", false));
        return isTooDeep(acl, entry.place()) ? Optional.empty() : Optional.of(acl);
    }

    /** One that allows can be left out; one that denies must not get lost. */
    private boolean isTooDeep(Acl acl, String place) throws InvalidConfigurationException {
        if (!Acl.isTooDeep(acl.topic())) {
            return false;
        }
        String reason = "its topic has more than " + TopicName.MAX_SEPARATORS + " separators";
        if (!acl.allow()) {
            throw new InvalidConfigurationException(place + " denies, but " + reason);
        }
        warn(place, reason);
        return true;
    }

    private Client client(Members object) throws Members.FaultException {
        return new Client(
                object.required("username"),
                password(object),
                object.textOrNone("clientid"),
                object.textOrNone("textname"),
                object.textOrNone("textdescription"),
                object.flag("disabled", false),
                ranked(object, "roles", "rolename", roles));
    }

    /** The form of 2.1, or the three members of 2.0, which are the same hash. */
    private @Nullable String password(Members object) throws Members.FaultException {
        String encoded = object.textOrNone("encoded_password");
        if (encoded == null) {
            String hash = object.textOrNone("password");
            String salt = object.textOrNone("salt");
            if (hash == null || salt == null) {
                return null;
            }
            encoded = "$7$" + object.number("iterations", 0) + "$" + salt + "$" + hash;
        }
        try {
            PasswordHash.parse(encoded);
        } catch (InvalidHashException e) {
            warnings.accept("Warning: " + object.place() + ": its password cannot be used, so it cannot log in: "
                    + e.getMessage() + ".");
        }
        return encoded;
    }

    private Group group(Members object) throws Members.FaultException {
        return new Group(
                object.required("groupname"),
                object.textOrNone("textname"),
                object.textOrNone("textdescription"),
                ranked(object, "roles", "rolename", roles),
                ranked(object, "clients", "username", clients));
    }

    private List<Ranked> ranked(Members object, String list, String nameMember, Map<String, ?> known)
            throws Members.FaultException {
        Map<String, Ranked> found = new LinkedHashMap<>();
        for (Members entry : object.objects(list)) {
            String name = entry.textOrNone(nameMember);
            if (name == null || !known.containsKey(name)) {
                warn(entry.place(), name == null ? "it has no " + nameMember : "there is no '" + name + "'");
            } else if (found.putIfAbsent(name, new Ranked(name, entry.smallNumber("priority", Ranked.DEFAULT_PRIORITY)))
                    != null) {
                warn(entry.place(), "'" + name + "' is in the list already");
            }
        }
        return List.copyOf(found.values());
    }

    private boolean isNew(Members object, String nameMember, Map<String, ?> known) throws Members.FaultException {
        String name = object.textOrNone(nameMember);
        if (name == null || known.containsKey(name)) {
            warn(object.place(), name == null ? "it has no " + nameMember : "there is a '" + name + "' already");
            return false;
        }
        return true;
    }

    private void warn(String place, String reason) {
        warnings.accept("Warning: " + place + " is skipped: " + reason + ".");
    }
}
