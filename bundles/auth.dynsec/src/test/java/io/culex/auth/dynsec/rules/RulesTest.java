// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.AclType;
import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.DefaultAccess;
import io.culex.auth.dynsec.model.Event;
import io.culex.auth.dynsec.model.Group;
import io.culex.auth.dynsec.model.Ranked;
import io.culex.auth.dynsec.model.Role;
import io.culex.auth.dynsec.model.TieOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static Acl acl(AclType type, String topic, int priority, boolean allow) {
        return new Acl(type, topic, priority, allow);
    }

    private static Configuration one(Role role, DefaultAccess defaults) {
        Client client = Client.of("u", null).withRoles(List.of(Ranked.of(role.rolename())));
        return new Configuration(0, defaults, List.of(client), List.of(), List.of(role), null);
    }

    private static boolean allows(Acl acl, String clientId, String topic) {
        return Rules.of(one(Role.of("r", List.of(acl)), DefaultAccess.NOTHING), TieOrder.INSERTION)
                .decide(acl.type().event(), "u", clientId, topic)
                .allowed();
    }

    /** The example of the documentation; in its third and fourth step, Z was added before A. */
    private static Configuration hallway() {
        List<Acl> apart =
                List.of(acl(AclType.PUBLISH_CLIENT_SEND, "Z", 3, true), acl(AclType.PUBLISH_CLIENT_SEND, "A", 1, true));
        List<Acl> tied =
                List.of(acl(AclType.PUBLISH_CLIENT_SEND, "Z", 3, true), acl(AclType.PUBLISH_CLIENT_SEND, "A", 3, true));
        Client sensor = Client.of("sensor", null).withRoles(List.of(Ranked.of("hallway")));
        return new Configuration(
                0,
                DefaultAccess.INITIAL,
                List.of(sensor),
                List.of(
                        Group.of("humidity")
                                .withRoles(List.of(Ranked.of("humidity")))
                                .withClients(List.of(new Ranked("sensor", 1))),
                        Group.of("temperature")
                                .withRoles(List.of(new Ranked("output", 1), new Ranked("input", 5)))
                                .withClients(List.of(new Ranked("sensor", 2)))),
                List.of(
                        Role.of("hallway", apart),
                        Role.of("input", tied),
                        Role.of("output", apart),
                        Role.of("humidity", apart)),
                null);
    }

    private static List<String> order(TieOrder order) {
        return Rules.of(hallway(), order).steps(Event.PUBLISH_CLIENT_SEND, "sensor").stream()
                .map(step -> (step.group() == null ? "sensor" : step.group()) + "/"
                        + step.role().rolename() + " "
                        + (step.acl() == null ? "" : step.acl().topic()))
                .toList();
    }

    @Test
    void theEightStepsOfTheDocumentationInItsOrder() {
        assertEquals(
                List.of(
                        "sensor/hallway Z",
                        "sensor/hallway A",
                        "temperature/input A",
                        "temperature/input Z",
                        "temperature/output Z",
                        "temperature/output A",
                        "humidity/humidity Z",
                        "humidity/humidity A"),
                order(TieOrder.ALPHABETICAL));
    }

    @Test
    void theEightStepsInTheOrderInWhichTheyWereAdded() {
        assertEquals(
                List.of(
                        "sensor/hallway Z",
                        "sensor/hallway A",
                        "temperature/input Z",
                        "temperature/input A",
                        "temperature/output Z",
                        "temperature/output A",
                        "humidity/humidity Z",
                        "humidity/humidity A"),
                order(TieOrder.INSERTION));
    }

    @Test
    void theOrderOfTiesDecides() {
        Role role = Role.of(
                "r",
                List.of(
                        acl(AclType.PUBLISH_CLIENT_SEND, "b/#", 1, true),
                        acl(AclType.PUBLISH_CLIENT_SEND, "+/x", 1, false)));
        Configuration configuration = one(role, DefaultAccess.NOTHING);
        assertTrue(Rules.of(configuration, TieOrder.INSERTION)
                .decide(Event.PUBLISH_CLIENT_SEND, "u", "c", "b/x")
                .allowed());
        assertEquals(
                false,
                Rules.of(configuration, TieOrder.ALPHABETICAL)
                        .decide(Event.PUBLISH_CLIENT_SEND, "u", "c", "b/x")
                        .allowed());
    }

    /** As Mosquitto's strcmp has it; in Java's order of texts a pair of surrogates comes before some single characters. */
    @Test
    void rolesOfTheSamePriorityAreAskedInTheOrderOfTheirBytes() {
        Role first = Role.of("\uff61", List.of(acl(AclType.PUBLISH_CLIENT_SEND, "t", 0, true)));
        Role second = Role.of("\ud83d\ude00", List.of(acl(AclType.PUBLISH_CLIENT_SEND, "t", 0, false)));
        Client client =
                Client.of("u", null).withRoles(List.of(Ranked.of(second.rolename()), Ranked.of(first.rolename())));
        Configuration configuration =
                new Configuration(0, DefaultAccess.NOTHING, List.of(client), List.of(), List.of(first, second), null);
        assertTrue(Rules.of(configuration, TieOrder.INSERTION)
                .decide(Event.PUBLISH_CLIENT_SEND, "u", "c", "t")
                .allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "publishClientSend, a/#, a, true",
        "publishClientSend, a/#, a/b/c, true",
        "publishClientSend, #, $SYS/x, false",
        "publishClientSend, +/x, $SYS/x, false",
        "publishClientSend, $SYS/#, $SYS/x, true",
        "publishClientSend, a/#/b, a/x/b, false",
        "publishClientSend, a/%c, a/me, true",
        "publishClientSend, a/%u/x, a/u/x, true",
        "publishClientSend, a/x%c, a/xme, false",
        "publishClientReceive, a/+, a/b, true",
        "subscribeLiteral, #, #, true",
        "subscribeLiteral, #, a/#, false",
        "subscribeLiteral, a/%c, a/me, false",
        "subscribeLiteral, a/%c, a/%c, true",
        "subscribePattern, a/#, a, true",
        "subscribePattern, a/#, a/b, true",
        "subscribePattern, a/#, a/+, true",
        "subscribePattern, a/#, a/#, true",
        "subscribePattern, +, #, false",
        "subscribePattern, +, +, true",
        "subscribePattern, +, a, true",
        "subscribePattern, a, +, false",
        "subscribePattern, #, $SYS/#, false",
        "subscribePattern, $SYS/#, $SYS/#, true",
        "subscribePattern, a/%c/#, a/me/#, true",
        "subscribePattern, a/#, $share/g/a/b, true",
        "subscribePattern, $share/g/a/#, $share/g/a/b, true",
        "subscribePattern, $share/g/a/#, $share/h/a/b, false",
        "subscribePattern, $share/#, $share/h/a/b, true",
        "subscribeLiteral, a/b, $share/g/a/b, true",
        "subscribeLiteral, $share/g/a/b, $share/g/a/b, true",
        "subscribeLiteral, $share/g/a/b, a/b, false",
        "subscribePattern, a/#/b, a/x, false",
        "subscribePattern, #/b, a/x, false",
        "unsubscribePattern, a/#/b, a/x/b, false",
        "unsubscribeLiteral, a/+, a/+, true",
        "unsubscribePattern, a/+, a/b, true"
    })
    void aRuleMatches(String type, String topic, String asked, boolean matches) {
        AclType of = AclType.of(type).orElseThrow();
        assertEquals(matches, allows(acl(of, topic, 0, true), "me", asked));
    }

    @ParameterizedTest
    @CsvSource({
        "subscribePattern, %c/#, $SYS, $SYS/#",
        "subscribePattern, %c/#, $SYS, $share/g/$SYS/#",
        "subscribePattern, %c/+/#, $CONTROL, $CONTROL/dynamic-security/v1",
        "unsubscribePattern, %c/#, $SYS, $SYS/#",
        "publishClientSend, %c/#, $SYS, $SYS/a",
        "publishClientReceive, %c/#, $SYS, $SYS/a"
    })
    void aNameThatBeginsWithADollarOpensNoTopicOfTheBroker(String type, String topic, String clientId, String asked) {
        AclType of = AclType.of(type).orElseThrow();
        assertEquals(false, allows(acl(of, topic, 0, true), clientId, asked));
    }

    @ParameterizedTest
    @CsvSource({"+", "#", "a/b", "x+"})
    void aNameWithAWildcardOpensNothing(String clientId) {
        assertEquals(false, allows(acl(AclType.SUBSCRIBE_PATTERN, "a/%c", 0, true), clientId, "a/" + clientId));
        assertEquals(false, allows(acl(AclType.PUBLISH_CLIENT_SEND, "a/%c", 0, true), clientId, "a/b"));
    }

    @Test
    void whatIsDeniedToANameWithAWildcardIsDenied() {
        Role role = Role.of(
                "r",
                List.of(
                        acl(AclType.SUBSCRIBE_PATTERN, "a/%c", 1, false),
                        acl(AclType.SUBSCRIBE_PATTERN, "a/#", 0, true)));
        Rules rules = Rules.of(one(role, DefaultAccess.NOTHING), TieOrder.INSERTION);
        assertEquals(false, rules.decide(Event.SUBSCRIBE, "u", "+", "a/+").allowed());
        assertTrue(rules.decide(Event.SUBSCRIBE, "u", "me", "a/+").allowed());
    }

    @Test
    void aRoleWithoutWildcardsRefusesThemThoughALaterOneAllows() {
        Client client = Client.of("u", null).withRoles(List.of(new Ranked("strict", 2), new Ranked("open", 1)));
        Role open = Role.of("open", List.of(acl(AclType.SUBSCRIBE_PATTERN, "#", 0, true)));
        Rules rules = Rules.of(
                new Configuration(
                        0,
                        DefaultAccess.NOTHING,
                        List.of(client),
                        List.of(),
                        List.of(Role.of("strict", List.of()).withWildcardSubs(false), open),
                        null),
                TieOrder.INSERTION);
        assertEquals(
                Decision.By.WILDCARD,
                rules.decide(Event.SUBSCRIBE, "u", "c", "a/+").by());
        assertTrue(rules.decide(Event.SUBSCRIBE, "u", "c", "a/b").allowed());
    }

    @Test
    void theDefaultNeverOpensControl() {
        Rules rules =
                Rules.of(one(Role.of("r", List.of()), new DefaultAccess(true, true, true, true)), TieOrder.INSERTION);
        for (Event event : Event.values()) {
            assertTrue(rules.decide(event, "u", "c", "a").allowed());
            assertEquals(
                    Decision.By.CONTROL,
                    rules.decide(event, "u", "c", "$CONTROL/x/v1").by());
        }
        assertEquals(
                Decision.By.CONTROL,
                rules.decide(Event.SUBSCRIBE, "u", "c", "$share/g/$CONTROL/x").by());
    }

    @Test
    void rolesThatHaveNotChangedAreNotCompiledAgain() {
        Configuration before = hallway();
        Rules rules = Rules.of(before, TieOrder.INSERTION);
        Decision decided = rules.decide(Event.PUBLISH_CLIENT_SEND, "sensor", "c", "Z");
        Configuration after = new Configuration(
                1,
                before.defaultAccess(),
                List.of(before.clients().values().iterator().next(), Client.of("other", null)),
                before.groups().values(),
                before.roles().values(),
                null);
        assertSame(decided, rules.next(after).decide(Event.PUBLISH_CLIENT_SEND, "sensor", "c", "Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "a/#, a/b, 1",
        "a/+, a/b, 1",
        "+/b, a/#, 1",
        "a/%c, a/b, 1",
        "a, a/#, 1",
        "a, b, 0",
        "a/b, a/c, 0",
        "a/+, a/b/c, 0",
        "#, $SYS/x, 0",
        "$SYS/#, $SYS/x, 1"
    })
    void rulesThatOnlyTheirOrderDecidesAreFound(String one, String other, int lines) {
        Role role = Role.of(
                "r",
                List.of(
                        acl(AclType.PUBLISH_CLIENT_SEND, one, 1, true),
                        acl(AclType.PUBLISH_CLIENT_SEND, other, 1, false)));
        assertEquals(lines, Overlaps.of(one(role, DefaultAccess.NOTHING)).size());
    }

    @Test
    void rulesThatAgreeOrDifferInPriorityAreNotFound() {
        Role role = Role.of(
                "r",
                List.of(
                        acl(AclType.PUBLISH_CLIENT_SEND, "a/#", 1, true),
                        acl(AclType.PUBLISH_CLIENT_SEND, "a/b", 1, true),
                        acl(AclType.PUBLISH_CLIENT_SEND, "#", 0, false),
                        acl(AclType.PUBLISH_CLIENT_RECEIVE, "a/b", 1, false)));
        assertEquals(List.of(), Overlaps.of(one(role, DefaultAccess.NOTHING)));
    }
}
