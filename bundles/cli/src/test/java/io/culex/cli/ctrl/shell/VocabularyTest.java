// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.culex.cli.ctrl.command.Module;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private final Vocabulary before = new Vocabulary(List.of("auth", "connect"), null, false, kind -> List.of(kind));
    private final Vocabulary connected = new Vocabulary(List.of("exit"), null, true, kind -> List.of(kind));
    private final Vocabulary dynsec = new Vocabulary(List.of("return"), Module.DYNSEC, true, kind -> List.of(kind));

    private static List<String> after(Vocabulary vocabulary, String line) {
        return vocabulary.next(LineWords.of(line));
    }

    @Test
    void knowsWhatALineBeginsWith() {
        assertEquals(List.of("auth", "connect"), after(before, ""));
        assertEquals(List.of("dynsec", "broker", "exit"), after(connected, ""));
        assertTrue(after(dynsec, "").containsAll(List.of("createClient", "listRoles", "return")));
        assertEquals(after(dynsec, ""), after(dynsec, "help"));
        assertEquals(List.of("mqtt://", "mqtts://", "ws://", "wss://"), after(before, "connect"));
        assertEquals(List.of(), after(before, "dynsec"));
    }

    @Test
    void knowsTheCommandsOfAModule() {
        assertEquals(List.of("listPlugins", "listListeners"), after(connected, "broker"));
        assertTrue(after(connected, "dynsec").contains("getClient"));
        assertTrue(after(dynsec, "broker").contains("listPlugins"));
    }

    @Test
    void knowsWhatACommandTakes() {
        assertEquals(List.of("username"), after(dynsec, "getClient"));
        assertEquals(List.of("username"), after(connected, "dynsec getClient"));
        assertEquals(List.of("rolename"), after(dynsec, "addClientRole bob"));
        assertEquals(List.of("username"), after(dynsec, "addGroupClient g"));
        assertEquals(List.of("acltype"), after(dynsec, "addRoleACL r"));
        assertEquals(List.of("topicFilter"), after(dynsec, "addRoleACL r t"));
        assertEquals(List.of("allow", "deny"), after(dynsec, "addRoleACL r t f"));
        assertEquals(List.of("event"), after(dynsec, "setDefaultACLAccess"));
        assertEquals(List.of("allow", "deny"), after(dynsec, "setDefaultACLAccess e"));
        assertEquals(List.of(), after(dynsec, "nonsense"));
    }

    @Test
    void knowsTheWordsBehindTheName() {
        assertEquals(
                List.of("--textname", "--textdescription", "--role", "--client", "--no-roles", "--no-clients"),
                after(dynsec, "modifyGroup g"));
        assertEquals(List.of("rolename"), after(dynsec, "modifyGroup g --role"));
        assertEquals(List.of("groupname"), after(dynsec, "createClient b --group"));
        assertEquals(List.of("acltype"), after(dynsec, "createRole r --acl"));
    }

    @Test
    void cutsLinesAtBlanksButNotBetweenQuotes() {
        assertEquals(List.of("a", "b c", "d\\e", "", "#", "x y'z"), LineWords.of(" a  \"b c\" d\\e '' # x\" y'z"));
        assertEquals(List.of(), LineWords.of("  "));
    }

    @Test
    void offersNoNameThatCouldGiveOrdersToATerminal() {
        BrokerNames names = new BrokerNames((module, request) -> JsonParser.parseString(
                        "{'command':'listClients','data':{'clients':['bob','e\u001b[31mve','\u009bmary']}}")
                .getAsJsonObject());

        assertEquals(List.of("bob"), names.apply("username"));
    }
}
