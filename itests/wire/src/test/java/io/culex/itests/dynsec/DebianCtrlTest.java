// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.dynsec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Debian's mosquitto_ctrl with Debian's mosquitto and with Culex: the same commands, the same words, the same file. */
class DebianCtrlTest {
    private static final List<String> MAKE = List.of(
            "createRole sensor",
            "createRole watcher",
            "addRoleACL sensor publishClientSend data/# allow 5",
            "addRoleACL sensor publishClientSend data/x deny 7",
            "addRoleACL sensor subscribePattern cmd/# allow",
            "addRoleACL sensor subscribeLiteral # deny 3",
            "addRoleACL sensor unsubscribePattern # allow",
            "addRoleACL watcher publishClientReceive secret deny",
            "addRoleACL watcher unsubscribeLiteral secret deny -1",
            "createGroup things",
            "createGroup strangers",
            "addGroupRole things sensor 3",
            "addGroupRole strangers watcher",
            "createClient bob -p pw1",
            "createClient eve -c eveid -p pw2",
            "addClientRole bob watcher 7",
            "addGroupClient things bob 2",
            "addGroupClient things eve",
            "setAnonymousGroup strangers",
            "setClientPassword bob pw3");

    private static final List<String> LOOK = List.of(
            "getDefaultACLAccess",
            "getAnonymousGroup",
            "listClients",
            "listClients 1 1",
            "getClient admin",
            "getClient bob",
            "getClient eve",
            "listGroups",
            "listGroups 1 0",
            "getGroup things",
            "getGroup strangers",
            "listRoles",
            "listRoles 2 1",
            "getRole admin",
            "getRole sensor",
            "getRole watcher");

    private static final List<String> UNDO = List.of(
            "createClient bob -p x",
            "createGroup things",
            "createRole sensor",
            "addRoleACL sensor publishClientSend data/# allow",
            "addRoleACL nobody publishClientSend data/# allow",
            "addClientRole bob nothing",
            "addClientRole nobody sensor",
            "addGroupClient things bob",
            "addGroupRole things nothing",
            "getClient nobody",
            "getGroup nobody",
            "getRole nobody",
            "disableClient eve",
            "getClient eve",
            "enableClient eve",
            "getClient eve",
            "setClientId bob bobid",
            "getClient bob",
            "setClientId bob",
            "getClient bob",
            "setDefaultACLAccess unsubscribe deny",
            "setDefaultACLAccess publishClientSend allow",
            "getDefaultACLAccess",
            "removeRoleACL watcher publishClientReceive secret",
            "removeRoleACL watcher publishClientReceive secret",
            "getRole watcher",
            "removeClientRole bob watcher",
            "removeGroupRole things sensor",
            "removeGroupClient things bob",
            "getGroup things",
            "deleteClient eve",
            "deleteClient eve",
            "deleteGroup things",
            "deleteGroup things",
            "deleteRole watcher",
            "deleteRole watcher",
            "setAnonymousGroup nobody",
            "listClients",
            "listGroups",
            "listRoles");

    @BeforeEach
    void assume() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
    }

    /** The commands and what came of them. */
    private static String transcript(Ctrl ctrl, List<String> commands) {
        List<String> lines = new ArrayList<>();
        for (String command : commands) {
            lines.add("> " + command);
            lines.add(ctrl.run(command));
        }
        return String.join("\n", lines);
    }

    private static int login(Ctrl ctrl, String clientId, String username, String password) {
        try (WireClient client = WireClient.open(ctrl.broker().address(), ProtocolVersion.V311)) {
            client.send(Connect.as(clientId).user(username).password(password));
            return client.expectConnack().reason();
        }
    }

    private static void logins(Ctrl ctrl) {
        assertEquals(0, login(ctrl, "any", "bob", "pw3"));
        assertEquals(5, login(ctrl, "any", "bob", "pw1"));
        assertEquals(0, login(ctrl, "eveid", "eve", "pw2"));
        assertEquals(5, login(ctrl, "other", "eve", "pw2"));
        assertEquals(5, login(ctrl, "any", "nobody", "pw2"));
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyCommandHasTheSameWords() {
        try (Ctrl mosquitto = Ctrl.start(BrokerKind.MOSQUITTO);
                Ctrl culex = Ctrl.start(BrokerKind.CULEX)) {
            assertEquals(transcript(mosquitto, MAKE), transcript(culex, MAKE));
            assertEquals(transcript(mosquitto, LOOK), transcript(culex, LOOK));
            logins(culex);
            assertEquals(transcript(mosquitto, UNDO), transcript(culex, UNDO));
        }
    }

    private static void takeOver(BrokerKind first, BrokerKind second) {
        try (Ctrl before = Ctrl.start(first)) {
            transcript(before, MAKE);
            String seen = transcript(before, LOOK);
            before.broker().stop();
            try (Ctrl after = Ctrl.start(second, file -> copy(before.file(), file))) {
                assertEquals(seen, transcript(after, LOOK));
                logins(after);
                after.run("createRole more");
                assertTrue(after.run("listRoles").contains("more"));
            }
        }
    }

    @Test
    void culexTakesOverWhatMosquittoWrote() {
        takeOver(BrokerKind.MOSQUITTO, BrokerKind.CULEX);
    }

    @Test
    void mosquittoTakesOverWhatCulexWrote() {
        takeOver(BrokerKind.CULEX, BrokerKind.MOSQUITTO);
    }
}
