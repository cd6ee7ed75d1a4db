// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.ctrl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every command of {@code culex_ctrl dynsec} with Debian's broker and its own plugin, beside Debian's program (SPEC D.6). */
class CtrlCommandsTest {
    private final Mosquitto mosquitto = Mosquitto.start();
    private final Ctrl boss = mosquitto.boss();

    @AfterEach
    void end() {
        mosquitto.close();
    }

    /** Carries out several commands in one run, which takes a fraction of the time of as many runs. */
    private void well(String... lines) {
        String[] commands = Stream.of(lines).map(line -> "dynsec " + line).toArray(String[]::new);
        assertEquals("", boss.shell(commands).well().out());
    }

    private String shown(String line) {
        return boss.dynsec(line.split(" ")).well().out();
    }

    private void assertAsDebians(String expected, String line) {
        assertEquals(expected, shown(line));
        assertEquals(expected, boss.debians(line.split(" ")).out());
    }

    private int login(String user, String password, String clientId) {
        BrokerProcess broker = mosquitto.broker();
        try (WireClient client = WireClient.open(broker.address(), ProtocolVersion.V5)) {
            client.send(Connect.as(clientId).user(user).password(password));
            return client.expectConnack().reason();
        }
    }

    @Test
    void rolesGetTheirAcls() {
        well(
                "createRole plain",
                "createRole full --textname Name --wildcard-subs deny --acl publishClientSend a/b allow 5 --acl subscribePattern # deny",
                "addRoleACL plain publishClientReceive # allow",
                "addRoleACL plain subscribeLiteral a/+ deny 3",
                "addRoleACL plain unsubscribeLiteral x deny -2",
                "removeRoleACL plain unsubscribeLiteral x");

        assertAsDebians(
                """
                Rolename: plain
                ACLs:     publishClientReceive : allow : # (priority: 0)
                          subscribeLiteral     : deny  : a/+ (priority: 3)
                """,
                "getRole plain");
        assertAsDebians(
                """
                Rolename: full
                ACLs:     publishClientSend    : allow : a/b (priority: 5)
                          subscribePattern     : deny  : # (priority: 0)
                """,
                "getRole full");
        well("modifyRole full --acl unsubscribePattern z allow");
        assertAsDebians("Rolename: full\nACLs:     unsubscribePattern   : allow : z (priority: 0)\n", "getRole full");
        assertAsDebians("admin\nfull\nplain\n", "listRoles");
        assertAsDebians("full\n", "listRoles 1 1");
        well("deleteRole full");
        assertAsDebians("admin\nplain\n", "listRoles");
    }

    @Test
    void clientsComeAndGo() {
        well(
                "createRole r1",
                "createRole r2",
                "createClient bob -i bobid -p secret --role r1:3",
                "createClient eve --no-password");
        boss.dynsecReading("asked\nasked\n", "createClient", "joe").well();
        well("addClientRole bob r2");
        assertEquals(
                """
                Username:    bob
                Clientid:    bobid
                Roles:       r1 (priority: 3)
                             r2 (priority: -1)
                """,
                shown("getClient bob").replace("Groups:\n", "").replace("Connections:\n", ""));
        assertEquals(0, login("bob", "secret", "bobid"));
        assertEquals(0, login("joe", "asked", "any"));
        assertEquals(0x87, login("eve", "", "any"));

        well("disableClient bob");
        assertTrue(shown("getClient bob").contains("\nDisabled:    true\n"));
        assertEquals(0x87, login("bob", "secret", "bobid"));
        well("enableClient bob", "setClientId bob other", "setClientPassword bob changed");
        assertEquals(0, login("bob", "changed", "other"));
        well("setClientId bob");
        boss.dynsecReading("again\nagain\n", "setClientPassword", "bob").well();
        assertEquals(0, login("bob", "again", "any"));
        well("removeClientRole bob r2", "modifyClient bob --no-roles --textname Bob --role r2:7 -i third");
        assertTrue(shown("getClient bob").contains("Clientid:    third\nRoles:       r2 (priority: 7)\n"));

        assertAsDebians("bob\nboss\neve\njoe\n", "listClients");
        assertAsDebians("boss\neve\n", "listClients 2 1");
        well("deleteClient bob");
        assertAsDebians("boss\neve\njoe\n", "listClients");
    }

    @Test
    void groupsHaveRolesAndClients() {
        well(
                "createRole r1",
                "createRole r2",
                "createClient bob -p x",
                "createClient eve -p x",
                "createGroup g1 --textname Name --role r1:4",
                "createGroup g2",
                "addGroupRole g1 r2 9",
                "addGroupClient g1 bob 2",
                "addGroupClient g1 eve");
        assertTrue(shown("getClient bob").contains("Groups:      g1 (priority: 2)\n"));
        assertAsDebians(
                """
                Groupname: g1
                Roles:     r2 (priority: 9)
                           r1 (priority: 4)
                Clients:   bob
                           eve
                """,
                "getGroup g1");
        well("removeGroupRole g1 r1", "removeGroupClient g1 eve", "setAnonymousGroup g2");
        assertAsDebians("g2\n", "getAnonymousGroup");
        well("modifyGroup g1 --textdescription described --client eve:5");
        assertAsDebians("Groupname: g1\nRoles:     r2 (priority: 9)\nClients:   eve\n", "getGroup g1");
        assertAsDebians("g1\ng2\n", "listGroups");
        well("deleteGroup g1");
        assertAsDebians("g2\n", "listGroups");
    }

    @Test
    void whatHoldsForEveryoneCanBeChanged() {
        well("setDefaultACLAccess publishClientSend allow", "setDefaultACLAccess unsubscribe deny");
        assertAsDebians(
                """
                publishClientSend    : allow
                publishClientReceive : allow
                subscribe            : deny
                unsubscribe          : deny
                """,
                "getDefaultACLAccess");
        assertEquals(shown("getDefaultACLAccess"), shown("getDefaultACLAccess unsubscribe"));
    }

    @Test
    void anErrorOfTheServerIsAnErrorOfTheRun() {
        boss.dynsec("getClient", "nobody").badly(4, "getClient: Error: Client not found.");
        boss.dynsec("deleteRole", "none").badly(4, "deleteRole: Error: Role not found.");
        boss.dynsec("createClient", "boss", "-p", "x").badly(4, "createClient: Error: Client already exists.");
        boss.dynsec("getDetails").badly(4, "getDetails: Error: Unknown command.");
        boss.dynsec("explain", "subscribe", "a").badly(4, "explain: Error: Unknown command.");
        Ctrl.Result quiet = boss.with(
                        "-h",
                        "127.0.0.1",
                        "-p",
                        mosquitto.port("main"),
                        "-u",
                        "boss",
                        "-P",
                        Mosquitto.PASSWORD,
                        "--quiet")
                .dynsec("getClient", "nobody");
        assertEquals(new Ctrl.Result(4, "", ""), quiet);
    }

    @Test
    void theShellTakesLinesFromAPipe() {
        Ctrl.Result result = boss.shell(
                "dynsec createRole \"a role\"",
                "dynsec",
                "createClient bob -p 'a password' --role \"a role\"",
                "getClient bob",
                "createClient joe",
                "asked",
                "asked",
                "modifyClient bob -i \"\"",
                "return",
                "dynsec getClient nobody",
                "disconnect",
                "auth boss",
                "wrong",
                "connect mqtt://127.0.0.1:" + mosquitto.port("main"),
                "auth boss",
                Mosquitto.PASSWORD,
                "connect ws://127.0.0.1:" + mosquitto.port("ws"),
                "dynsec listClients",
                "exit");

        assertEquals(4, result.status(), result::toString);
        assertTrue(result.out().contains("Roles:       a role (priority: -1)\n"), result::toString);
        assertTrue(result.out().endsWith("bob\nboss\njoe\n"), result::toString);
        assertTrue(result.err().contains("getClient: Error: Client not found.\n"), result::toString);
        assertTrue(result.err().contains("Connection error: Not authorized\n"), result::toString);
        assertEquals(0, login("bob", "a password", "x"));
        assertEquals(0, login("joe", "asked", "x"));
    }
}
