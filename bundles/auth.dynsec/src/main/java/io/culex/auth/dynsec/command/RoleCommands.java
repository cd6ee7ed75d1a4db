// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import io.culex.api.message.TopicFilter;
import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.AclType;
import io.culex.auth.dynsec.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What can be done to roles. */
final class RoleCommands {
    private RoleCommands() {}

    static void addTo(Consumer<Command> table) {
        table.accept(new Command(
                "createRole",
                true,
                "Makes a role.",
                List.of(
                        Arguments.ROLENAME,
                        Arguments.TEXT_NAME,
                        Arguments.TEXT_DESCRIPTION,
                        Arguments.WILDCARDS,
                        Arguments.ACLS),
                Answer.plain(RoleCommands::create)));
        table.accept(new Command(
                "modifyRole",
                true,
                "Changes what is given of a role; its ACLs are replaced as a whole.",
                List.of(
                        Arguments.ROLENAME,
                        Arguments.TEXT_NAME,
                        Arguments.TEXT_DESCRIPTION,
                        Arguments.WILDCARDS,
                        Arguments.ACLS),
                Answer.plain(RoleCommands::modify)));
        table.accept(new Command(
                "deleteRole",
                true,
                "Removes a role from everyone who has it.",
                List.of(Arguments.ROLENAME),
                Answer.plain(RoleCommands::delete)));
        table.accept(new Command(
                "addRoleACL",
                true,
                "Adds an ACL to a role.",
                List.of(
                        Arguments.ROLENAME,
                        Arguments.ACL_TYPE,
                        Arguments.TOPIC,
                        new Command.Argument(
                                "allow", Command.Kind.FLAG, "whether it allows; false when not given", false),
                        new Command.Argument(
                                "priority",
                                Command.Kind.NUMBER,
                                "higher ones are asked first; 0 when not given",
                                false)),
                Answer.plain(RoleCommands::addAcl)));
        table.accept(new Command(
                "removeRoleACL",
                true,
                "Removes an ACL from a role.",
                List.of(Arguments.ROLENAME, Arguments.ACL_TYPE, Arguments.TOPIC),
                Answer.plain(RoleCommands::removeAcl)));
    }

    private static void create(Call call) throws RefusedException {
        String rolename = Call.notEmpty(call.rolename(), "rolename");
        if (call.draft().hasRole(rolename)) {
            throw new RefusedException("Role already exists");
        }
        String textName = call.description("textname", null);
        String textDescription = call.description("textdescription", null);
        boolean wildcards = wildcards(call, true);
        List<Acl> acls = call.acls();
        call.draft().put(new Role(rolename, textName, textDescription, wildcards, acls == null ? List.of() : acls));
    }

    private static boolean wildcards(Call call, boolean otherwise) throws RefusedException {
        try {
            return call.flag("allowwildcardsubs", otherwise);
        } catch (RefusedException e) {
            throw new RefusedException("Invalid allowwildcardsubs");
        }
    }

    private static void modify(Call call) throws RefusedException {
        Role before = call.draft().role(call.rolename(), "Role does not exist");
        Role role = before.withTexts(
                        call.description("textname", before.textName()),
                        call.description("textdescription", before.textDescription()))
                .withWildcardSubs(wildcards(call, before.allowWildcardSubs()));
        List<Acl> acls = call.acls();
        if (acls != null) {
            role = role.withAcls(acls);
        }
        call.draft().put(role);
        if (acls != null || role.allowWildcardSubs() != before.allowWildcardSubs()) {
            call.draft().kickRole(role.rolename(), call.kicks());
        }
    }

    private static void delete(Call call) throws RefusedException {
        Role role = call.draft().role(call.rolename());
        call.draft().kickRole(role.rolename(), call.kicks());
        call.draft().removeRole(role.rolename());
    }

    private static void addAcl(Call call) throws RefusedException {
        Role role = call.draft().role(call.rolename());
        Acl.Key key = key(call);
        boolean allow = call.flag("allow", false);
        int priority = call.number("priority", Acl.DEFAULT_PRIORITY);
        if (role.acls().stream().anyMatch(acl -> acl.key().equals(key))) {
            throw new RefusedException("ACL with this topic already exists");
        }
        List<Acl> acls = new ArrayList<>(role.acls());
        acls.add(new Acl(key.type(), key.topic(), priority, allow));
        call.draft().put(role.withAcls(acls));
        call.draft().kickRole(role.rolename(), call.kicks());
    }

    private static void removeAcl(Call call) throws RefusedException {
        Role role = call.draft().role(call.rolename());
        Acl.Key key = key(call);
        List<Acl> left =
                role.acls().stream().filter(acl -> !acl.key().equals(key)).toList();
        if (left.size() == role.acls().size()) {
            throw new RefusedException("ACL not found");
        }
        call.draft().put(role.withAcls(left));
        call.draft().kickRole(role.rolename(), call.kicks());
    }

    private static Acl.Key key(Call call) throws RefusedException {
        AclType type = call.aclType();
        String topic = Call.checked(call.required("topic", "topic"), "Topic");
        if (!TopicFilter.isValid(topic)) {
            throw new RefusedException("Invalid ACL topic");
        }
        return new Acl.Key(type, topic);
    }
}
