// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.culex.cli.ctrl.option.Options;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of SPEC D.6. */
class AnswerTextTest {
    private static String text(String command, String data) throws FailedException {
        JsonObject answer = JsonParser.parseString("{'command':'" + command + "','data':" + data + "}")
                .getAsJsonObject();
        return String.join("\n", AnswerText.of(command, answer));
    }

    @Test
    void showsAClient() throws FailedException {
        assertEquals(
                """
                Username:    bob
                Clientid:    bobid
                Disabled:    true
                Roles:       r1 (priority: 3)
                             r2 (priority: -1)
                Groups:      g1 (priority: 2)
                Connections: 127.0.0.1""",
                text(
                        "getClient",
                        "{'client':{'username':'bob','clientid':'bobid','disabled':true,"
                                + "'roles':[{'rolename':'r1','priority':3},{'rolename':'r2'}],"
                                + "'groups':[{'groupname':'g1','priority':2}],'connections':[{'address':'127.0.0.1'}]}}"));
    }

    @Test
    void showsAClientWithNothing() throws FailedException {
        assertEquals(
                """
                Username:    bob
                Clientid:""",
                text("getClient", "{'client':{'username':'bob','roles':[],'groups':[],'connections':[]}}"));
        assertEquals(
                """
                Username:    bob
                Clientid:
                Roles:
                Groups:
                Connections:""",
                text("getClient", "{'client':{'username':'bob'}}"));
    }

    @Test
    void showsAGroup() throws FailedException {
        assertEquals(
                """
                Groupname: g1
                Roles:     r1 (priority: -1)
                Clients:   bob
                           eve""",
                text(
                        "getGroup",
                        "{'group':{'groupname':'g1','roles':[{'rolename':'r1'}],"
                                + "'clients':[{'username':'bob'},{'username':'eve','priority':2}]}}"));
    }

    @Test
    void showsARole() throws FailedException {
        assertEquals(
                """
                Rolename: r1
                ACLs:     publishClientSend    : allow : a/b (priority: 5)
                          subscribePattern     : deny  : x/# (priority: 0)""",
                text(
                        "getRole",
                        "{'role':{'rolename':'r1','acls':["
                                + "{'acltype':'publishClientSend','topic':'a/b','priority':5,'allow':true},"
                                + "{'acltype':'subscribePattern','topic':'x/#','priority':0,'allow':false}]}}"));
        assertEquals("Rolename: r1", text("getRole", "{'role':{'rolename':'r1','acls':[]}}"));
    }

    @Test
    void showsWhatHoldsForEveryone() throws FailedException {
        assertEquals(
                """
                publishClientSend    : deny
                subscribe            : allow""",
                text(
                        "getDefaultACLAccess",
                        "{'acls':[{'acltype':'publishClientSend','allow':false},{'acltype':'subscribe','allow':true}]}"));
        assertEquals("g", text("getAnonymousGroup", "{'group':{'groupname':'g'}}"));
        assertEquals("", text("getAnonymousGroup", "{'group':{'groupname':''}}"));
        assertEquals(
                """
                Clients:      2
                Groups:       1
                Roles:        3
                Change index: 8""",
                text("getDetails", "{'clientCount':2,'groupCount':1,'roleCount':3,'changeIndex':8}"));
    }

    @Test
    void showsLists() throws FailedException {
        assertEquals("a\nb", text("listClients", "{'totalCount':2,'clients':['a',{'username':'b'}]}"));
        assertEquals("g", text("listGroups", "{'groups':['g']}"));
        assertEquals("", text("listRoles", "{'roles':[]}"));
    }

    @Test
    void explains() throws FailedException {
        assertEquals(
                """
                Access: deny
                By:     group
                Group:  g
                Role:   r
                ACL:    publishClientSend    : deny  : a/# (priority: 1)""",
                text(
                        "explain",
                        "{'allow':false,'by':'group','groupname':'g','rolename':'r',"
                                + "'acl':{'acltype':'publishClientSend','topic':'a/#','priority':1,'allow':false}}"));
    }

    @Test
    void showsTheBroker() throws FailedException {
        assertEquals(
                """
                Listener 1:
                  Port:              18851
                  Protocol:          mqtt
                  Bind address:      127.0.0.1
                  TLS:               false

                Listener 2:
                  Protocol:          mqtt
                  Socket path:       /tmp/s
                  TLS:               false
                """,
                text(
                        "listListeners",
                        "{'listeners':[{'port':18851,'protocol':'mqtt','bind-address':'127.0.0.1','tls':false},"
                                + "{'protocol':'mqtt','socket-path':'/tmp/s','tls':false}]}"));
        assertEquals(
                """
                Plugin:            dynamic-security
                Control endpoints: $CONTROL/dynamic-security/v1
                                   $CONTROL/x
                Plugin:            other""",
                text(
                        "listPlugins",
                        "{'plugins':[{'name':'dynamic-security','control-endpoints':"
                                + "['$CONTROL/dynamic-security/v1','$CONTROL/x']},{'name':'other'}]}"));
    }

    @Test
    void isSilentAboutChanges() throws FailedException {
        assertEquals(List.of(), AnswerText.of("createClient", new JsonObject()));
    }

    @Test
    void refusesAnAnswerThatIsNone() {
        for (String command : List.of("getClient", "getGroup", "getRole", "listClients", "getDefaultACLAccess")) {
            FailedException e = assertThrows(FailedException.class, () -> text(command, "{}"));
            assertEquals("Error: Invalid response from server.", e.text());
            assertEquals(ExitStatus.PROTOCOL, e.status());
        }
        assertThrows(FailedException.class, () -> text("getClient", "{'client':{}}"));
        assertThrows(FailedException.class, () -> text("getClient", "[]"));
    }

    @Test
    void refusesAnErrorThatIsNoText() {
        Command command = Commands.find(Module.DYNSEC, "listRoles").orElseThrow();
        AnswerPrinter printer =
                new AnswerPrinter(new Options.Output(false, false, false, false), System.out, System.err);
        JsonObject answer =
                JsonParser.parseString("{'command':'listRoles','error':{}}").getAsJsonObject();

        FailedException e = assertThrows(FailedException.class, () -> printer.show(command, answer));

        assertEquals("Error: Invalid response from server.", e.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "listClients|{'clients':[null]}",
                "listRoles|{'roles':[[]]}",
                "getClient|{'client':{'username':'bob','disabled':{}}}",
                "getRole|{'role':{'rolename':'r','acls':[{'acltype':'x','topic':'t','allow':[]}]}}",
                "getRole|{'role':{'rolename':'r','acls':[{'acltype':'x','topic':'t','allow':true,'priority':'high'}]}}",
                "getDefaultACLAccess|{'acls':[{'acltype':'subscribe','allow':{}}]}",
                "explain|{'allow':{},'by':'x'}",
                "listPlugins|{'plugins':[{'name':'p','control-endpoints':[null]}]}"
            })
    void refusesAnAnswerWithOtherKindsOfValues(String command, String data) {
        FailedException e = assertThrows(FailedException.class, () -> text(command, data));

        assertEquals("Error: Invalid response from server.", e.text());
        assertEquals(ExitStatus.PROTOCOL, e.status());
    }
}
