// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.security.hash.PasswordHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFormatTest {
    /** The password is {@code oldpass} (SPEC B.2). */
    private static final String OF_20 =
            """
            {"defaultACLAccess": {"publishClientSend": false, "publishClientReceive": true},
             "clients": [{"username": "old", "textName": "as init writes it", "unknown": [1, {}],
               "password": "MhRLJ7ezmk82+2imnZIS3iYsoOOvbtFWd6UVzPH5xuhln0Wnz7m4yW9Jacpww0eZywwhJeTEeqYNrs/sMUWgEA==",
               "salt": "J6JDjHchfFz2kubG", "iterations": 101,
               "roles": [{"rolename": "low", "priority": 1}, {"rolename": "b"}, {"rolename": "a"},
                         {"rolename": "high", "priority": 2000000000}]}],
             "groups": [{"groupname": "g2", "clients": [{"username": "old"}]},
                        {"groupname": "g1", "clients": [{"username": "old", "priority": -1}]},
                        {"groupname": "first", "roles": [{"rolename": "a"}],
                         "clients": [{"username": "old", "priority": 5}]}],
             "anonymousGroup": "g1",
             "roles": [{"rolename": "a", "acls": [
                         {"acltype": "subscribePattern", "topic": "z", "allow": true},
                         {"acltype": "PUBLISHCLIENTSEND", "topic": "z", "priority": 1, "allow": true},
                         {"acltype": "publishClientSend", "topic": "b", "priority": 3},
                         {"acltype": "publishClientSend", "topic": "a", "priority": 1}]},
                       {"rolename": "b", "allowwildcardsubs": false}, {"rolename": "low"}, {"rolename": "high"}]}
            """;

    private final List<String> warnings = new ArrayList<>();

    private Configuration read(String text) throws InvalidConfigurationException {
        return ConfigurationFormat.read(text, warnings::add);
    }

    @Test
    void theFormOf20IsRead() throws Exception {
        Configuration read = read(OF_20);
        assertEquals(List.of(), warnings);
        assertEquals(new DefaultAccess(false, true, false, false), read.defaultAccess());
        Client client = Found.in(read.clients(), "old");
        assertEquals("as init writes it", client.textName());
        assertTrue(PasswordHash.parse(String.valueOf(client.password()))
                .verify("oldpass".getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                List.of(new Ranked("high", 100_000), new Ranked("low", 1), Ranked.of("a"), Ranked.of("b")),
                client.roles());
        assertEquals(List.of(new Ranked("first", 5), Ranked.of("g1"), Ranked.of("g2")), read.groupsOf("old"));
        assertEquals("g1", read.anonymousGroup());
        assertEquals(
                List.of(
                        new Acl(AclType.PUBLISH_CLIENT_SEND, "b", 3, false),
                        new Acl(AclType.PUBLISH_CLIENT_SEND, "z", 1, true),
                        new Acl(AclType.PUBLISH_CLIENT_SEND, "a", 1, false),
                        new Acl(AclType.SUBSCRIBE_PATTERN, "z", 0, true)),
                Found.in(read.roles(), "a").acls());
        assertTrue(Found.in(read.roles(), "a").allowWildcardSubs());
        assertFalse(Found.in(read.roles(), "b").allowWildcardSubs());
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() throws Exception {
        Configuration read = read(OF_20);
        String written = ConfigurationFormat.write(read);
        assertEquals(written, ConfigurationFormat.write(read(written)));
        assertTrue(written.startsWith("{\n\t\"changeIndex\": 0,\n\t\"defaultACLAccess\": {\n"), written);
        assertTrue(written.contains("\"encoded_password\": \"$7$101$J6JDjHchfFz2kubG$MhRLJ7ezm"), written);
        assertTrue(written.contains("\"salt\": \"J6JDjHchfFz2kubG\",\n\t\t\t\"iterations\": 101"), written);
    }

    @Test
    void aPasswordThat20CannotReadIsWrittenInTheNewFormOnly() throws Exception {
        String hash = "$6$Bhq9L18zDtA0m16IFjXD8NZnBFUk/Q5fXv3tCRoGiSPiMxx+ZRYutjzNxO8De4XPekfGrAuloESt9S/WF2znWw==$KQS1"
                + "T3EMVEf86R9QJmeYs+zsR//3eOI028vvzuaA65MBZr8BV7dhivpnx3gWfkclyOYfR5nfkgwEXqJba96Z/g==";
        String written = ConfigurationFormat.write(
                new Configuration(7, DefaultAccess.NOTHING, List.of(Client.of("u", hash)), Set.of(), Set.of(), null));
        assertFalse(written.contains("\"salt\""), written);
        assertEquals(hash, Found.in(read(written).clients(), "u").password());
        assertEquals(7, read(written).changeIndex());
    }

    @Test
    void anEmptyTextIsEmptyAndDeniesEverything() throws Exception {
        Configuration read = read("");
        assertEquals(DefaultAccess.NOTHING, read.defaultAccess());
        assertTrue(read.clients().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"clients":[{"username":""}]}                                       | clients[0] is skipped: it has no username
            {"clients":[{"username":"a"},{"username":"a"}]}                     | clients[1] is skipped: there is a 'a' already
            {"clients":[{"username":"a","roles":[{"rolename":"x"}]}]}           | clients[0].roles[0] is skipped: there is no 'x'
            {"roles":[{"rolename":"r"}],"groups":[{"groupname":"g","roles":[{"rolename":"r"},{"rolename":"r"}]}]} | 'r' is in the list already
            {"anonymousGroup":"g"}                                              | there is no group 'g'
            {"roles":[{"rolename":"r","acls":[{"acltype":"x","topic":"t"}]}]}   | its acltype is unknown
            {"roles":[{"rolename":"r","acls":[{"acltype":"subscribeLiteral"}]}]} | it has no topic
            {"clients":[{"username":"a","encoded_password":"plain"}]}           | its password cannot be used
            """)
    void whatMosquittoSkipsIsSkippedWithAWarning(String text, String warning) throws Exception {
        read(text);
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains(warning), warnings.get(0));
    }

    private static String roleWith(String topic, boolean allow) {
        return "{\"roles\":[{\"rolename\":\"r\",\"acls\":[{\"acltype\":\"publishClientSend\",\"topic\":\"" + topic
                + "\",\"allow\":" + allow + "}]}]}";
    }

    @Test
    void aTopicThatIsTooDeepIsSkippedWhereItAllowsAndRefusesTheFileWhereItDenies() throws Exception {
        String deepest = "$share/g/a" + "/a".repeat(200);
        assertEquals(
                1, Found.in(read(roleWith(deepest, false)).roles(), "r").acls().size());
        assertEquals(List.of(), warnings);

        String deeper = deepest + "/a";
        assertEquals(
                List.of(), Found.in(read(roleWith(deeper, true)).roles(), "r").acls());
        assertEquals(
                List.of("Warning: roles[0].acls[0] is skipped: its topic has more than 200 separators."), warnings);
        InvalidConfigurationException refused =
                assertThrows(InvalidConfigurationException.class, () -> read(roleWith(deeper, false)));
        assertEquals("roles[0].acls[0] denies, but its topic has more than 200 separators", refused.text());
    }

    @Test
    void aPasswordThatCannotBeUsedIsKept() throws Exception {
        String again =
                ConfigurationFormat.write(read("{\"clients\":[{\"username\":\"a\",\"encoded_password\":\"x\"}]}"));
        assertEquals("x", Found.in(read(again).clients(), "a").password());
        assertNull(Found.in(read("{\"clients\":[{\"username\":\"a\"}]}").clients(), "a")
                .password());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"clients":[                                     | not valid JSON
            {"clients":[]} more                              | not valid JSON
            // no comments                                   | not valid JSON
            {"clients":[],"Clients":[]}                      | is there twice
            []                                               | not a JSON object
            {"clients":{}}                                   | clients is not an array
            {"clients":[1]}                                  | clients[0] is not an object
            {"clients":[{"username":1}]}                     | clients[0].username is not a text
            {"clients":[{"username":"a","disabled":"no"}]}   | clients[0].disabled is not true or false
            {"roles":[{"rolename":"r","acls":[{"acltype":"subscribeLiteral","topic":"t","priority":"1"}]}]} | roles[0].acls[0].priority is not a number
            """)
    void whatIsNoConfigurationIsRefusedWithItsPlace(String text, String reason) {
        InvalidConfigurationException refused = assertThrows(InvalidConfigurationException.class, () -> read(text));
        assertTrue(refused.text().contains(reason), refused.text());
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 100_000})
    void whatIsTooDeepIsRefused(int depth) {
        assertThrows(
                InvalidConfigurationException.class,
                () -> read("{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}"));
    }

    @Test
    void aHugeNumberCostsNothing() throws Exception {
        Configuration read = read("{\"changeIndex\":1e999999999,\"roles\":[{\"rolename\":\"r\",\"acls\":["
                + "{\"acltype\":\"subscribeLiteral\",\"topic\":\"t\",\"priority\":-1e999999999}]}]}");
        assertEquals(-100_000, Found.in(read.roles(), "r").acls().get(0).priority());
    }
}
