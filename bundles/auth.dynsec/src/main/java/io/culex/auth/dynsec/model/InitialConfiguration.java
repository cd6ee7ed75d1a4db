// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a new file begins with. Passwords are hashes in a form of SPEC B.2. */
public final class InitialConfiguration {
    /** The user who administers a configuration that the broker has generated. */
    public static final String ADMIN = "admin";

    /** The user for first attempts in a configuration that the broker has generated. */
    public static final String DEMO_CLIENT = "democlient";

    private static final String CONTROL = "$CONTROL/dynamic-security/#";
    private static final String EVERYTHING = "#";
    private static final String SYS = "$SYS/#";
    private static final String ANONYMOUS = "unauthenticated";

    private InitialConfiguration() {}

    /** What {@code mosquitto_ctrl dynsec init} makes: one user who may administer and observe (SPEC D.6). */
    public static Configuration forAdmin(String username, String password) {
        Role admin = Role.of(
                "admin",
                List.of(
                        Acl.allow(AclType.PUBLISH_CLIENT_SEND, CONTROL),
                        Acl.allow(AclType.PUBLISH_CLIENT_RECEIVE, CONTROL),
                        Acl.allow(AclType.SUBSCRIBE_PATTERN, CONTROL),
                        Acl.allow(AclType.PUBLISH_CLIENT_RECEIVE, SYS),
                        Acl.allow(AclType.SUBSCRIBE_PATTERN, SYS),
                        Acl.allow(AclType.PUBLISH_CLIENT_RECEIVE, EVERYTHING),
                        Acl.allow(AclType.SUBSCRIBE_PATTERN, EVERYTHING),
                        Acl.allow(AclType.UNSUBSCRIBE_PATTERN, EVERYTHING)));
        Client client = Client.of(username, password)
                .withTexts("Dynsec admin user", null)
                .withRoles(List.of(Ranked.of("admin")));
        return new Configuration(0, DefaultAccess.INITIAL, List.of(client), List.of(), List.of(admin), null);
    }

    /**
     * What the broker makes when there is no file (SPEC D.2).
     *
     * @param admin the password of {@link #ADMIN}
     * @param demo the password of {@link #DEMO_CLIENT}; null: there is none
     */
    public static Configuration generated(String admin, @Nullable String demo) {
        Client administrator = Client.of(ADMIN, admin)
                .withRoles(List.of(Ranked.of("super-admin"), Ranked.of("sys-observe"), Ranked.of("topic-observe")));
        Client demoClient = Client.of(DEMO_CLIENT, demo).withRoles(List.of(Ranked.of("client")));
        return new Configuration(
                0,
                DefaultAccess.INITIAL,
                demo == null ? List.of(administrator) : List.of(administrator, demoClient),
                List.of(Group.of(ANONYMOUS)),
                List.of(
                        everything("client", EVERYTHING),
                        everything("broker-admin", "$CONTROL/broker/#"),
                        everything("dynsec-admin", CONTROL),
                        everything("super-admin", "$CONTROL/#"),
                        Role.of(
                                "sys-notify",
                                List.of(Acl.allow(AclType.PUBLISH_CLIENT_SEND, "$SYS/broker/connection/%c/state"))),
                        Role.of(
                                "sys-observe",
                                List.of(
                                        Acl.allow(AclType.PUBLISH_CLIENT_RECEIVE, SYS),
                                        Acl.allow(AclType.SUBSCRIBE_PATTERN, SYS))),
                        Role.of(
                                "topic-observe",
                                List.of(
                                        Acl.allow(AclType.PUBLISH_CLIENT_RECEIVE, EVERYTHING),
                                        Acl.allow(AclType.SUBSCRIBE_PATTERN, EVERYTHING),
                                        Acl.allow(AclType.UNSUBSCRIBE_PATTERN, EVERYTHING)))),
                ANONYMOUS);
    }

    private static Role everything(String rolename, String topic) {
        return Role.of(
                rolename,
                List.of(
                        Acl.allow(AclType.PUBLISH_CLIENT_SEND, topic),
                        Acl.allow(AclType.PUBLISH_CLIENT_RECEIVE, topic),
                        Acl.allow(AclType.SUBSCRIBE_PATTERN, topic),
                        Acl.allow(AclType.UNSUBSCRIBE_PATTERN, topic)));
    }
}
