// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvFileSource(resources = "errors.txt", delimiter = '|', quoteCharacter = '`', emptyValue = "")
    void aCommandIsRefusedInMosquittosWords(String command, String members, String error) {
        Outcome outcome = House.run(command + "|" + (members == null ? "" : members));
        assertEquals("{\"responses\":[{\"command\":\"" + command + "\",\"error\":\"" + error + "\"}]}", outcome.body());
        assertEquals(0, outcome.changes());
        assertEquals(8, outcome.after().changeIndex());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "answers.txt", delimiter = '|', quoteCharacter = '`')
    void aQuestionIsAnsweredAsMosquittoDoes(String command, String members, String data) {
        Outcome outcome = House.run(command + "|" + (members == null ? "" : members));
        assertEquals("{\"responses\":[{\"command\":\"" + command + "\",\"data\":" + data + "}]}", outcome.body());
        assertEquals(0, outcome.changes());
        assertTrue(outcome.kicks().isEmpty());
    }

    /** The last column is what a question shows afterwards. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "changes.txt", delimiter = '|', quoteCharacter = '`')
    void aChangeIsThereAfterwards(String command, String members, String question, String data) {
        Outcome outcome = House.run(command + "|" + members, question.replaceFirst(" ", "|"));
        String asked = question.replaceFirst(" .*", "");
        assertEquals(
                "{\"responses\":[{\"command\":\"" + command + "\"},{\"command\":\"" + asked + "\","
                        + (data.startsWith("{") ? "\"data\":" + data : "\"error\":\"" + data + "\"") + "}]}",
                outcome.body());
        assertEquals(1, outcome.changes());
        assertEquals(9, outcome.after().changeIndex());
    }

    /** An ACL that is left out may be the one that denies. */
    @Test
    void aRoleStaysAsItWasWhenOneOfItsNewRulesCannotBeRead() {
        Outcome outcome = House.run(
                "modifyRole|\"rolename\":\"r1\",\"textname\":\"T\",\"acls\":["
                        + "{\"acltype\":\"subscribePattern\",\"topic\":\"#\",\"allow\":true},"
                        + "{\"acltype\":\"subscribePattern\",\"topic\":\"x/#\",\"priority\":\"5\",\"allow\":false}]",
                "createRole|\"rolename\":\"new\"");
        assertEquals(
                "{\"responses\":[{\"command\":\"modifyRole\",\"error\":\"Invalid/missing acls\"},{\"command\":\"createRole\"}]}",
                outcome.body());
        assertEquals(1, outcome.changes());
        assertEquals(
                House.configuration().roles().get("r1"), outcome.after().roles().get("r1"));
        assertTrue(outcome.kicks().isEmpty());
    }

    /** Rules become a tree that is as deep as they are; and what is left out may be what denies. */
    @ParameterizedTest
    @CsvSource({"createRole, true", "createRole, false", "modifyRole, true", "modifyRole, false"})
    void aTopicThatIsTooDeepRefusesTheCommand(String command, boolean allow) {
        String rolename = command.equals("createRole") ? "new" : "r1";
        String acl = "{\"acltype\":\"publishClientSend\",\"allow\":" + allow + ",\"topic\":\"a" + "/a".repeat(200);
        String members = command + "|\"rolename\":\"" + rolename + "\",\"acls\":[" + acl;

        Outcome outcome = House.run(members + "/a\"}]");
        assertEquals(
                "{\"responses\":[{\"command\":\"" + command + "\",\"error\":\"Invalid ACL topic\"}]}", outcome.body());
        assertEquals(House.configuration().roles(), outcome.after().roles());

        assertEquals(1, House.run(members + "\"}]").changes());
    }

    /** Else a small request that asks for everything again and again has an answer that fills the memory. */
    @Test
    void questionsAreRefusedOnceTheAnswerIsLong() {
        List<String> commands = new ArrayList<>();
        commands.add("modifyClient|\"username\":\"bob\",\"textdescription\":\"" + "x".repeat(1 << 20) + "\"");
        commands.addAll(Collections.nCopies(40, "listClients|\"verbose\":true"));
        commands.add("createRole|\"rolename\":\"new\"");
        commands.add("getDetails|\"correlationData\":\"7\"");
        Outcome outcome = House.run(commands.toArray(String[]::new));
        String body = outcome.body();
        assertTrue(body.length() > 16 << 20 && body.length() < 18 << 20, "length " + body.length());
        assertTrue(
                body.endsWith(
                        "{\"command\":\"listClients\",\"error\":\"Answer too long\"},{\"command\":\"createRole\"},"
                                + "{\"command\":\"getDetails\",\"error\":\"Answer too long\",\"correlationData\":\"7\"}]}"),
                "its end");
        assertEquals(2, outcome.changes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            not json                                   | "Unknown command","error":"Payload not valid JSON"
            {"commands":[]} {}                         | "Unknown command","error":"Payload not valid JSON"
            {}                                         | "Unknown command","error":"Invalid/missing commands"
            []                                         | "Unknown command","error":"Invalid/missing commands"
            {"commands":{}}                            | "Unknown command","error":"Invalid/missing commands"
            {"commands":[1,{"command":"getDetails"}]}  | "Unknown command","error":"Command not an object"
            {"commands":[{"name":"x"}]}                | "Unknown command","error":"Missing command"
            {"commands":[{"command":1}]}               | "Unknown command","error":"Missing command"
            {"commands":[{"command":"listRoles","correlationData":1},{"command":"x"}]} | "listRoles","error":"Invalid correlationData data type."
            {"commands":[{"command":"noSuch"}]}        | "noSuch","error":"Unknown command"
            """)
    void aRequestThatIsNoneIsRefused(String body, String response) {
        assertEquals(
                "{\"responses\":[{\"command\":" + response + "}]}",
                House.request(body).body());
    }

    @Test
    void anEmptyRequestHasAnEmptyAnswer() {
        assertEquals("{\"responses\":[]}", House.request("{\"commands\":[]}").body());
    }

    @Test
    void oneCommandFailsAndTheNextIsCarriedOut() {
        Outcome outcome = House.run(
                "deleteRole|\"rolename\":\"no\",\"correlationData\":\"1\"",
                "NOSUCH",
                "CREATEROLE|\"ROLENAME\":\"new\",\"CorrelationData\":\"2\"",
                "GETDETAILS|\"correlationData\":\"3\"");
        assertEquals(
                "{\"responses\":[{\"command\":\"deleteRole\",\"error\":\"Role not found\",\"correlationData\":\"1\"},"
                        + "{\"command\":\"NOSUCH\",\"error\":\"Unknown command\"},"
                        + "{\"command\":\"CREATEROLE\",\"correlationData\":\"2\"},"
                        + "{\"command\":\"getDetails\",\"data\":{\"clientCount\":3,\"groupCount\":2,\"roleCount\":4,"
                        + "\"changeIndex\":9},\"correlationData\":\"3\"}]}",
                outcome.body());
    }

    @Test
    void whatCouldNotBeKeptHasFailed() {
        Outcome outcome = House.run("createRole|\"rolename\":\"new\"", "deleteRole|\"rolename\":\"no\"", "getDetails");
        String body = outcome.bodyAfter("no space");
        assertTrue(
                body.startsWith(
                        "{\"responses\":[{\"command\":\"createRole\",\"error\":\"no space\"},"
                                + "{\"command\":\"deleteRole\",\"error\":\"Role not found\"},{\"command\":\"getDetails\",\"data\":{"),
                body);
    }

    @Test
    void passwordsAreNeitherInAnswersNorInSummaries() {
        Outcome outcome = House.run(
                "createClient|\"username\":\"new\",\"password\":\"geheim\",\"roles\":[{\"rolename\":\"r1\",\"priority\":4}]",
                "setClientPassword|\"username\":\"bob\",\"PASSWORD\":\"geheim\"",
                "getClient|\"username\":\"new\"",
                "setClientPassword|\"username\":\"who\",\"password\":\"geheim\"");
        String summaries =
                outcome.replies().stream().map(Outcome.Reply::summary).collect(Collectors.joining("\n"));
        assertFalse((outcome.body() + summaries).contains("geheim"), summaries);
        assertTrue(
                summaries.startsWith("createClient | username=new | password=****** | roles=[{\"rolename\":\"r1\","),
                summaries);
        assertEquals(
                "hash of geheim",
                outcome.after().clients().values().stream()
                        .filter(client -> client.username().equals("new"))
                        .findFirst()
                        .orElseThrow()
                        .password());
    }

    @Test
    void everyCommandIsDescribed() {
        Set<String> names = new TreeSet<>();
        for (Command command : new Commands().all()) {
            assertTrue(command.description().endsWith("."), command.name());
            assertTrue(names.add(command.name()), command.name());
        }
        assertEquals(33, names.size(), names.toString());
    }
}
