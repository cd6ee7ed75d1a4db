// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.control.ControlTopic;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.auth.dynsec.model.ConfigurationFile;
import io.culex.auth.dynsec.model.InitialConfiguration;
import io.culex.security.file.InvalidFileException;
import io.culex.security.file.Stamp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DynamicSecurityTest {
    private final Fixture fixture;

    DynamicSecurityTest(@TempDir Path folder) {
        fixture = new Fixture(folder);
    }

    @BeforeEach
    void write() throws Exception {
        ConfigurationFile.write(fixture.file, InitialConfiguration.forAdmin("admin", LiveFile.hash("secret", 1)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Subject subject(@Nullable String username) {
        return new Subject("client", username, Peer.of("1883", null));
    }

    @Test
    void whoMayLogInAndWhoMayNot() throws Exception {
        DynamicSecurity plugin = fixture.open();
        Fixture.ask(plugin, "createClient | \"username\":\"bound\",\"password\":\"p\",\"clientid\":\"c\"");
        Fixture.ask(plugin, "createClient | \"username\":\"without\"");
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "admin", "secret"));
        assertEquals(AuthAnswer.DENY, Fixture.login(plugin, "admin", "wrong"));
        assertEquals(AuthAnswer.DEFER, Fixture.login(plugin, "admin", null));
        assertEquals(AuthAnswer.DEFER, Fixture.login(plugin, "nobody", "secret"));
        assertEquals(AuthAnswer.IGNORE, Fixture.login(plugin, null, null));
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "c", "bound", "p"));
        assertEquals(AuthAnswer.DENY, Fixture.login(plugin, "other", "bound", "p"));
        assertEquals(AuthAnswer.DENY, Fixture.login(plugin, "without", ""));
        Fixture.ask(plugin, "disableClient | \"username\":\"admin\"");
        assertEquals(AuthAnswer.DENY, Fixture.login(plugin, "admin", "secret"));
    }

    @Test
    void aPasswordThatWasRightIsRememberedUntilItIsChanged() throws Exception {
        DynamicSecurity plugin = fixture.open();
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "admin", "secret"));
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "admin", "secret"));
        Fixture.ask(plugin, "setClientPassword | \"username\":\"admin\",\"password\":\"other\"");
        assertEquals(AuthAnswer.DENY, Fixture.login(plugin, "admin", "secret"));
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "admin", "other"));
    }

    @Test
    void theFingerprintChangesWithWhatALoginDependsOn() throws Exception {
        DynamicSecurity plugin = fixture.open();
        String first = plugin.fingerprint("admin");
        long changes = plugin.changes();
        Fixture.ask(plugin, "modifyClient | \"username\":\"admin\",\"textname\":\"other\",\"roles\":[]");
        assertEquals(first, plugin.fingerprint("admin"));
        assertNotEquals(changes, plugin.changes());
        Fixture.ask(plugin, "setClientId | \"username\":\"admin\",\"clientid\":\"c\"");
        assertNotEquals(first, plugin.fingerprint("admin"));
        Fixture.ask(plugin, "disableClient | \"username\":\"admin\"");
        assertNull(plugin.fingerprint("admin"));
        assertNull(plugin.fingerprint("nobody"));
    }

    @Test
    void accessesAreDecidedByTheRoles() throws Exception {
        DynamicSecurity plugin = fixture.open();
        assertEquals(Verdict.ALLOW, plugin.check(Access.SUBSCRIBE, subject("admin"), "a/#"));
        assertEquals(Verdict.ALLOW, plugin.check(Access.WRITE, subject("admin"), plugin.topic()));
        assertEquals(Verdict.DENY, plugin.check(Access.WRITE, subject("admin"), "a"));
        assertEquals(Verdict.ALLOW, plugin.check(Access.READ, subject(null), "a"));
        assertEquals(Verdict.DENY, plugin.check(Access.WRITE, subject(null), "a"));
        assertEquals(Verdict.DEFER, plugin.check(Access.READ, subject("nobody"), "a"));
        Fixture.ask(
                plugin,
                "addRoleACL | \"rolename\":\"admin\",\"acltype\":\"publishClientSend\",\"topic\":\"a\",\"allow\":true");
        assertEquals(Verdict.ALLOW, plugin.check(Access.WRITE, subject("admin"), "a"));
    }

    @Test
    void anAnswerGoesToTheSubscribersAndTheKicksComeAfterwards() throws Exception {
        DynamicSecurity plugin = fixture.open();
        fixture.broker.connect("one", "admin", "192.0.2.1:1234");
        fixture.broker.connect("two", null, "[2001:db8::1]:1234");
        ControlTopic.Answer answer = Fixture.get(plugin.request(
                Fixture.ADMIN,
                Message.of(
                        plugin.topic(),
                        "{\"commands\":[{\"command\":\"disableClient\",\"username\":\"admin\"},"
                                + "{\"command\":\"getClient\",\"username\":\"admin\"}]}")));
        assertEquals(ControlTopic.Audience.SUBSCRIBERS, answer.audience());
        assertTrue(answer.body().contains("\"connections\":[{\"address\":\"192.0.2.1\"}]"), answer.body());
        assertTrue(fixture.broker.expelled.isEmpty());
        answer.afterwards().run();
        assertEquals(List.of("one 98"), fixture.broker.expelled);
    }

    @Test
    void withRecheckOnlyThoseGoWhoseLoginHasChanged() throws Exception {
        DynamicSecurity plugin = fixture.open(fixture.settings(false, 0, false));
        fixture.broker.connect("one", "admin", "192.0.2.1:1234");
        fixture.broker.connect("two", null, "192.0.2.1:1235");
        Fixture.ask(plugin, "removeClientRole | \"username\":\"admin\",\"rolename\":\"admin\"");
        Fixture.ask(plugin, "createGroup | \"groupname\":\"g\"");
        Fixture.ask(plugin, "setAnonymousGroup | \"groupname\":\"g\"");
        assertTrue(fixture.broker.expelled.isEmpty());
        Fixture.ask(plugin, "deleteClient | \"username\":\"admin\"");
        assertEquals(List.of("one 98"), fixture.broker.expelled);
    }

    @Test
    void whatIsNoTextIsNoRequest() throws Exception {
        DynamicSecurity plugin = fixture.open();
        byte[] bytes = {'{', '"', (byte) 0xC0, '"', '}'};
        Message request =
                new Message(plugin.topic(), Payload.wrap(bytes), QoS.AT_LEAST_ONCE, false, MessageProperties.NONE);
        assertTrue(Fixture.get(plugin.request(Fixture.ADMIN, request)).body().contains("Payload not valid JSON"));
    }

    @Test
    void eachChangeIsInTheLogAndPasswordsAreNot() throws Exception {
        DynamicSecurity plugin = fixture.open();
        Fixture.ask(plugin, "createClient | \"username\":\"bob\",\"password\":\"geheim\",\"clientid\":\"c\"");
        Fixture.ask(plugin, "deleteClient | \"username\":\"eve\"");
        Fixture.ask(plugin, "listClients");
        assertEquals(
                List.of(
                        "INFORMATION dynsec: ctrl/admin | createClient | username=bob | password=****** | clientid=c",
                        "INFORMATION dynsec: ctrl/admin | deleteClient | username=eve | error=Client not found",
                        "DEBUG dynsec: ctrl/admin | listClients"),
                fixture.log.lines());
    }

    @Test
    void aBrokenFileLetsNobodyInIsKeptAndCanBeMended() throws Exception {
        Files.writeString(fixture.file, "{\"clients\":[{]}");
        DynamicSecurity plugin = fixture.open();
        assertEquals(1, fixture.log.count("ERROR Error: Dynamic security plugin config"));
        assertEquals(AuthAnswer.DENY, Fixture.login(plugin, "admin", "secret"));
        assertEquals(AuthAnswer.DENY, Fixture.login(plugin, null, null));
        assertEquals(Verdict.DENY, plugin.check(Access.READ, subject(null), "a"));
        assertEquals(Verdict.DENY, plugin.check(Access.READ, subject("admin"), "a"));
        assertFalse(plugin.isReady());
        String answer = Fixture.ask(plugin, "createRole | \"rolename\":\"r\"");
        assertTrue(answer.contains("cannot be used"), answer);
        assertEquals("{\"clients\":[{]}", Files.readString(fixture.file));
        write();
        SharedFileTest.await(plugin::isReady);
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "admin", "secret"));
    }

    /** As when its owner is put right: nothing but that shows that it may be readable now. */
    @Test
    void aBrokenFileIsTriedAgainOnceItsPermissionsAreChanged() throws Exception {
        Files.writeString(fixture.file, "{");
        Files.setPosixFilePermissions(fixture.file, PosixFilePermissions.fromString("rw-r-----"));
        fixture.open();
        SharedFileTest.await(() -> fixture.log.count("is not taken") == 1);
        Files.setPosixFilePermissions(fixture.file, PosixFilePermissions.fromString("rw-------"));
        SharedFileTest.await(() -> fixture.log.count("is not taken") == 2);
    }

    @Test
    void aFileWhosePermissionsAreChangedIsNotReadAgain() throws Exception {
        Disk disk = new Disk(fixture.file);
        disk.read(warning -> {});
        Stamp before = disk.stamp();
        // In another tick of the file system's clock.
        do {
            Files.setPosixFilePermissions(fixture.file, PosixFilePermissions.fromString("---------"));
        } while (before.equals(disk.stamp()));
        assertFalse(disk.isChanged());
        disk.write(InitialConfiguration.forAdmin("other", "hash"), () -> {}, warning -> {});
        assertFalse(disk.isChanged());
    }

    @Test
    void rulesThatOnlyTheirOrderDecidesAreWarnedOf() throws Exception {
        Files.writeString(
                fixture.file,
                """
                {"roles":[{"rolename":"r","acls":[
                  {"acltype":"publishClientSend","topic":"a/#","allow":true},
                  {"acltype":"publishClientSend","topic":"a/b","allow":false}]}]}
                """);
        fixture.open();
        assertEquals(1, fixture.log.count("WARNING Warning: In role 'r' the ACLs publishClientSend 'a/#' and 'a/b'"));
    }

    @Test
    void withoutAFileOneIsGeneratedWithPasswordsMadeUp() throws Exception {
        Files.delete(fixture.file);
        DynamicSecurity plugin = fixture.open();
        assertEquals(1, fixture.log.count("not found, generating a default config."));
        Path passwords = fixture.file.resolveSibling("dynamic-security.json.pw");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(passwords)));
        for (String line : Files.readAllLines(passwords)) {
            String[] words = line.split(" ");
            assertEquals(20, words[1].length());
            assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, words[0], words[1]));
        }
        assertEquals(2, Files.readAllLines(passwords).size());
        assertEquals(Verdict.ALLOW, plugin.check(Access.WRITE, subject("democlient"), "a"));
        assertEquals(Verdict.ALLOW, plugin.check(Access.WRITE, subject("admin"), plugin.topic()));
    }

    @Test
    void orWithAPasswordFromTheEnvironment() throws Exception {
        Files.delete(fixture.file);
        fixture.environment.put("MOSQUITTO_DYNSEC_PASSWORD", "short");
        assertThrows(InvalidFileException.class, fixture::open);
        assertFalse(Files.exists(fixture.file));
        fixture.environment.put("MOSQUITTO_DYNSEC_PASSWORD", "long enough for it");
        DynamicSecurity plugin = fixture.open();
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "admin", "long enough for it"));
        assertEquals(AuthAnswer.DEFER, Fixture.login(plugin, "democlient", "x"));
        assertFalse(Files.exists(fixture.file.resolveSibling("dynamic-security.json.pw")));
    }

    @Test
    void orWithAPasswordFromAFile() throws Exception {
        Files.delete(fixture.file);
        fixture.environment.put("MOSQUITTO_DYNSEC_PASSWORD", "not this one then");
        Path init = Files.writeString(fixture.file.resolveSibling("init"), "  from a file \nsecond line\n");
        Settings given = fixture.settings();
        DynamicSecurity plugin = fixture.open(new Settings(
                given.plugin(),
                given.file(),
                init,
                given.order(),
                given.kicks(),
                given.history(),
                given.watch(),
                given.iterations(),
                given.hashing(),
                false));
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "admin", "from a file"));
    }

    @Test
    void aLookGeneratesNoFileButSaysWhenItCouldNot() throws Exception {
        Files.delete(fixture.file);
        fixture.open(trial(fixture.file)).close();
        assertFalse(Files.exists(fixture.file));
        assertFalse(Files.exists(fixture.file.resolveSibling(fixture.file.getFileName() + ".pw")));
        Path nowhere = fixture.file.resolveSibling("nowhere").resolve("dynsec.json");
        String reason = assertThrows(InvalidFileException.class, () -> fixture.open(trial(nowhere)))
                .getMessage();
        assertTrue(String.valueOf(reason).contains("cannot be generated"), reason);
        fixture.environment.put("MOSQUITTO_DYNSEC_PASSWORD", "short");
        assertThrows(InvalidFileException.class, () -> fixture.open(trial(fixture.file)));
    }

    private Settings trial(Path file) {
        Settings given = fixture.settings();
        return new Settings("look", file, null, given.order(), true, 0, false, 1, given.hashing(), true);
    }
}
