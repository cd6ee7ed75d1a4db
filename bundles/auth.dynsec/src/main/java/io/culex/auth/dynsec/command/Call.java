// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import io.culex.auth.dynsec.json.Members;
import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.AclType;
import io.culex.auth.dynsec.model.Ranked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One command that is being carried out, and its arguments with the error texts of SPEC D.4.
 *
 * @param members the command's object
 * @param kicks takes those whose connections end
 */
record Call(Draft draft, Members members, Environment environment, Kicks kicks) {
    /** A name that must be there. */
    String username() throws RefusedException {
        return name("username", "Username");
    }

    String groupname() throws RefusedException {
        return name("groupname", "Group name");
    }

    String rolename() throws RefusedException {
        return name("rolename", "Role name");
    }

    private String name(String member, String words) throws RefusedException {
        return checked(required(member, member), words);
    }

    /** A name for something new. */
    static String notEmpty(String name, String member) throws RefusedException {
        if (name.isEmpty()) {
            throw new RefusedException("Empty " + member);
        }
        return name;
    }

    static String checked(String text, String words) throws RefusedException {
        if (!Names.isText(text)) {
            throw new RefusedException(words + " not valid UTF-8");
        }
        return text;
    }

    /** A text that must be there; {@code words} is what the error calls it. */
    String required(String member, String words) throws RefusedException {
        String text = text(member, words);
        if (text == null) {
            throw invalid(words);
        }
        return text;
    }

    /** A text that may be there. */
    @Nullable
    String text(String member, String words) throws RefusedException {
        try {
            return members.text(member);
        } catch (Members.FaultException e) {
            throw invalid(words);
        }
    }

    /** A text for people; {@code otherwise} when there is none, null when it is empty. */
    @Nullable
    String description(String member, @Nullable String otherwise) throws RefusedException {
        String text = text(member, member);
        if (text == null) {
            return otherwise;
        }
        return text.isEmpty() ? null : text;
    }

    /** A Client Identifier; null when there is none. {@code words} is what the error calls it. */
    @Nullable
    String clientId(String words) throws RefusedException {
        String text = text("clientid", words);
        return text == null ? null : checked(text, "Client ID");
    }

    boolean flag(String member, boolean otherwise) throws RefusedException {
        try {
            return members.flag(member, otherwise);
        } catch (Members.FaultException e) {
            throw invalid(member);
        }
    }

    int number(String member, int otherwise) throws RefusedException {
        return number(members, member, otherwise);
    }

    private static int number(Members in, String member, int otherwise) throws RefusedException {
        try {
            return in.smallNumber(member, otherwise);
        } catch (Members.FaultException e) {
            throw invalid(member);
        }
    }

    int priority() throws RefusedException {
        return number("priority", Ranked.DEFAULT_PRIORITY);
    }

    AclType aclType() throws RefusedException {
        return AclType.of(required("acltype", "acltype")).orElseThrow(() -> new RefusedException("Unknown acltype"));
    }

    static RefusedException invalid(String words) {
        return new RefusedException("Invalid/missing " + words);
    }

    /** What a list refers to, and the errors for what is wrong with it. */
    record Reference(String list, String member, String malformed, String unknown, Predicate<String> exists) {}

    /** The roles; null when there is no such member. */
    @Nullable
    List<Ranked> roles() throws RefusedException {
        return ranked(new Reference(
                "roles",
                "rolename",
                "'roles' not an array or missing/invalid rolename",
                "Role not found",
                draft::hasRole));
    }

    /** A list with priorities; null when there is none. */
    @Nullable
    List<Ranked> ranked(Reference to) throws RefusedException {
        Map<String, Ranked> found = new LinkedHashMap<>();
        try {
            List<Members> entries = members.objectsOrNull(to.list());
            if (entries == null) {
                return null;
            }
            for (Members entry : entries) {
                String name = entry.required(to.member());
                if (!to.exists().test(name)) {
                    throw new RefusedException(to.unknown());
                }
                found.putIfAbsent(name, new Ranked(name, number(entry, "priority", Ranked.DEFAULT_PRIORITY)));
            }
        } catch (Members.FaultException e) {
            throw new RefusedException(to.malformed());
        }
        return List.copyOf(found.values());
    }

    /**
     * The ACLs; null when there is no such member. As in Mosquitto, one of an unknown type, without a topic or there twice is
     * skipped. A member of a wrong type, and a topic that is too deep, refuse them all: the one that would be missing may be the
     * one that denies.
     */
    @Nullable
    List<Acl> acls() throws RefusedException {
        Map<Acl.Key, Acl> acls = new LinkedHashMap<>();
        try {
            List<Members> entries = members.objectsOrNull("acls");
            if (entries == null) {
                return null;
            }
            for (Members entry : entries) {
                Acl acl = acl(entry);
                if (acl != null) {
                    acls.putIfAbsent(acl.key(), acl);
                }
            }
        } catch (Members.FaultException e) {
            throw invalid("acls");
        }
        return List.copyOf(acls.values());
    }

    private static @Nullable Acl acl(Members entry) throws Members.FaultException, RefusedException {
        // All of them are looked at first: whether one has a wrong type does not depend on the others.
        String acltype = entry.text("acltype");
        String topic = entry.text("topic");
        int priority = entry.smallNumber("priority", Acl.DEFAULT_PRIORITY);
        boolean allow = entry.flag("allow", false);
        AclType type = acltype == null ? null : AclType.of(acltype).orElse(null);
        if (type == null || topic == null || topic.isEmpty() || !Names.isText(topic)) {
            return null;
        }
        if (Acl.isTooDeep(topic)) {
            throw new RefusedException("Invalid ACL topic");
        }
        return new Acl(type, topic, priority, allow);
    }
}
