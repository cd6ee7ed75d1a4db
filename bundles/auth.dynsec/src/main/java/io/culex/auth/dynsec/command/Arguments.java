// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import io.culex.auth.dynsec.command.Command.Argument;
import io.culex.auth.dynsec.command.Command.Kind;

/** The arguments that several commands have. */
final class Arguments {
    static final Argument USERNAME = needed("username", "the user name of the client");
    static final Argument GROUPNAME = needed("groupname", "the name of the group");
    static final Argument ROLENAME = needed("rolename", "the name of the role");
    static final Argument CLIENT_ID = text("clientid", "the only Client Identifier that it may have; empty: any");
    static final Argument PASSWORD = text("password", "the password");
    static final Argument TEXT_NAME = text("textname", "a name for people");
    static final Argument TEXT_DESCRIPTION = text("textdescription", "a description for people");
    static final Argument PRIORITY =
            new Argument("priority", Kind.NUMBER, "higher ones are asked first; -1 when not given", false);
    static final Argument ROLES = new Argument("roles", Kind.ROLES, "its roles", false);
    static final Argument GROUPS = new Argument("groups", Kind.GROUPS, "its groups", false);
    static final Argument CLIENTS = new Argument("clients", Kind.CLIENTS, "its clients", false);
    static final Argument ACLS = new Argument("acls", Kind.ACLS, "its ACLs", false);
    static final Argument WILDCARDS =
            new Argument("allowwildcardsubs", Kind.FLAG, "whether filters with + and # may be subscribed to", false);
    static final Argument ACL_TYPE = needed(
            "acltype",
            "publishClientSend, publishClientReceive, subscribeLiteral, subscribePattern, unsubscribeLiteral or"
                    + " unsubscribePattern");
    static final Argument TOPIC = needed("topic", "the Topic Filter");
    static final Argument VERBOSE = new Argument("verbose", Kind.FLAG, "whether to tell more than the names", false);
    static final Argument COUNT = new Argument("count", Kind.NUMBER, "how many at most; -1: all", false);
    static final Argument OFFSET = new Argument("offset", Kind.NUMBER, "how many to leave out first", false);

    private Arguments() {}

    static Argument needed(String name, String description) {
        return new Argument(name, Kind.TEXT, description, true);
    }

    static Argument text(String name, String description) {
        return new Argument(name, Kind.TEXT, description, false);
    }
}
