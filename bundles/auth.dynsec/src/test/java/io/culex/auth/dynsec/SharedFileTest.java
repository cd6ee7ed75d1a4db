// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Operation;
import io.culex.api.auth.AuthAnswer;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.ConfigurationFile;
import io.culex.auth.dynsec.model.InitialConfiguration;
import io.culex.testkit.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several plugins, several administrators, several programs and one file. */
@Timeout(60)
class SharedFileTest {
    private final Fixture fixture;

    SharedFileTest(@TempDir Path folder) {
        fixture = new Fixture(folder);
    }

    @BeforeEach
    void write() throws IOException {
        ConfigurationFile.write(fixture.file, InitialConfiguration.forAdmin("admin", LiveFile.hash("secret", 1)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Configuration onDisk() throws Exception {
        return ConfigurationFile.read(fixture.file, warning -> {});
    }

    static String createRole(DynamicSecurity plugin, String name) {
        return Fixture.ask(plugin, "createRole | \"rolename\":\"" + name + "\"");
    }

    private static Operation operation(DynamicSecurity plugin, String name) {
        return Console.operations(plugin.file(), "dynsec").stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<String> run(DynamicSecurity plugin, String name, Map<String, String> arguments) {
        return Fixture.get(operation(plugin, name).run(arguments));
    }

    private static String refusal(DynamicSecurity plugin, String name, Map<String, String> arguments) {
        return String.valueOf(assertThrows(IllegalStateException.class, () -> run(plugin, name, arguments))
                .getCause());
    }

    @Test
    void theNewPluginBesideTheOldOneIsTheSameFile() throws Exception {
        DynamicSecurity old = fixture.open();
        createRole(old, "before");
        DynamicSecurity next = fixture.open(fixture.settings(false, 0, false));
        assertSame(old.file(), next.file());
        createRole(old, "by-old");
        createRole(next, "by-new");
        assertEquals(old.changes(), next.changes());
        assertTrue(Fixture.ask(old, "listRoles").contains("[\"admin\",\"before\",\"by-new\",\"by-old\"]"));
        assertEquals(
                List.of("admin", "before", "by-new", "by-old"),
                List.copyOf(onDisk().roles().keySet()));
        assertEquals(3, onDisk().changeIndex());
        fixture.close(next);
        createRole(old, "after-abort");
        assertEquals(5, onDisk().roles().size());
    }

    @Test
    void aLinkToTheFileIsTheSameFile() throws Exception {
        DynamicSecurity one = fixture.open();
        Path link = Files.createSymbolicLink(fixture.file.resolveSibling("link"), fixture.file);
        Settings given = fixture.settings();
        DynamicSecurity other = fixture.open(
                new Settings("other", link, null, given.order(), true, 0, false, 1, given.hashing(), false));
        assertSame(one.file(), other.file());
    }

    @Test
    void whenTheLastPluginHasGoneTheFileIsReadAnew() throws Exception {
        DynamicSecurity first = fixture.open();
        createRole(first, "r");
        LiveFile file = first.file();
        fixture.close(first);
        DynamicSecurity second = fixture.open();
        assertNotSame(file, second.file());
        assertTrue(Fixture.ask(second, "listRoles").contains("[\"admin\",\"r\"]"));
    }

    @Test
    void nothingIsLostWhenSeveralAdministratorsChangeThingsAtOnce() throws Exception {
        DynamicSecurity one = fixture.open(fixture.settings(true, 0, false));
        DynamicSecurity other = fixture.open(fixture.settings(true, 0, false));
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<Void>> administrators = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            administrators.add(CompletableFuture.runAsync(() -> {
                DynamicSecurity plugin = number % 2 == 0 ? one : other;
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int j = 0; j < 25; j++) {
                    createRole(plugin, "role-" + number + "-" + j);
                }
            }));
        }
        start.countDown();
        for (CompletableFuture<Void> administrator : administrators) {
            administrator.get(50, TimeUnit.SECONDS);
        }
        assertEquals(101, onDisk().roles().size());
        assertEquals(100, onDisk().changeIndex());
        assertTrue(Fixture.ask(one, "getDetails").contains("\"roleCount\":101,\"changeIndex\":100"));
    }

    @Test
    void aChangeThatCannotBeKeptHasNotHappenedAndIsSaidSo() throws Exception {
        DynamicSecurity plugin = fixture.open(fixture.settings(true, 0, false));
        fixture.broker.connect("one", "admin", "192.0.2.1:1");
        Files.delete(fixture.file);
        Files.createDirectory(fixture.file);
        String answer = Fixture.ask(plugin, "deleteClient | \"username\":\"admin\"");
        assertTrue(answer.contains("\"error\":\"Unable to write the configuration, nothing was changed"), answer);
        assertTrue(fixture.broker.expelled.isEmpty());
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "admin", "secret"));
        Files.delete(fixture.file);
        assertFalse(Fixture.ask(plugin, "createRole | \"rolename\":\"r\"").contains("error"));
        assertEquals(2, onDisk().roles().size());
    }

    @Test
    void whatSomeoneElseHasWrittenIsNotLost() throws Exception {
        DynamicSecurity plugin = fixture.open();
        fixture.broker.connect("one", "admin", "192.0.2.1:1");
        ConfigurationFile.write(fixture.file, InitialConfiguration.forAdmin("other", LiveFile.hash("else", 1)));
        String answer = createRole(plugin, "r");
        assertTrue(answer.contains("was changed by someone else"), answer);
        assertEquals(List.of("other"), List.copyOf(onDisk().clients().keySet()));
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "admin", "secret"));
        run(plugin, "reload", Map.of());
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "other", "else"));
        assertEquals(AuthAnswer.DEFER, Fixture.login(plugin, "admin", "secret"));
        assertEquals(List.of("one 98"), fixture.broker.expelled);
        assertFalse(createRole(plugin, "r").contains("error"));
    }

    @Test
    void theSameContentWrittenByAnotherProgramIsNoChange() throws Exception {
        DynamicSecurity plugin = fixture.open();
        ConfigurationFile.write(fixture.file, Files.readAllBytes(fixture.file));
        assertFalse(createRole(plugin, "r").contains("error"));
    }

    @Test
    void aFileThatIsBrokenOnDiskIsNotTakenAndNotLost() throws Exception {
        DynamicSecurity plugin = fixture.open();
        Files.writeString(fixture.file, "{");
        assertTrue(refusal(plugin, "reload", Map.of()).contains("not valid JSON"));
        assertTrue(createRole(plugin, "r").contains("was changed by someone else"));
        assertEquals("{", Files.readString(fixture.file));
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "admin", "secret"));
    }

    @Test
    void aFileThatIsWatchedIsTakenWhenItIsLeftAlone() throws Exception {
        DynamicSecurity plugin = fixture.open(fixture.settings(true, 0, true));
        long before = plugin.changes();
        Files.writeString(fixture.file, "{");
        await(() -> fixture.log.count("is not taken") == 1);
        assertEquals(before, plugin.changes());
        ConfigurationFile.write(fixture.file, InitialConfiguration.forAdmin("other", LiveFile.hash("else", 1)));
        await(() -> plugin.changes() != before);
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "other", "else"));
        assertEquals(1, fixture.log.count("is not taken"));
    }

    @Test
    void aFileLargerThanAnyMemoryDoesNotEndTheWatch() throws Exception {
        DynamicSecurity plugin = fixture.open(fixture.settings(true, 0, true));
        long before = plugin.changes();
        try (FileChannel channel = FileChannel.open(fixture.file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), 3L << 30);
        }
        await(() -> fixture.log.count("is not taken") == 1);
        ConfigurationFile.write(fixture.file, InitialConfiguration.forAdmin("other", LiveFile.hash("else", 1)));
        await(() -> plugin.changes() != before);
    }

    @Test
    void whoeverAsksIsAnsweredWhateverGoesWrong() throws Exception {
        LiveFile file = fixture.open().file();
        IllegalStateException failure = assertThrows(
                IllegalStateException.class,
                () -> Fixture.get(file.submit(settings -> {
                    throw new StackOverflowError();
                })));
        assertInstanceOf(StackOverflowError.class, failure.getCause());
    }

    static void await(BooleanSupplier condition) {
        Await.until("the file to be looked at", condition);
    }

    @Test
    void versionsAreKeptAndCanBeTakenBack() throws Exception {
        DynamicSecurity plugin = fixture.open(fixture.settings(true, 3, false));
        fixture.broker.connect("one", "admin", "192.0.2.1:1");
        fixture.broker.connect("two", "bob", "192.0.2.1:2");
        for (String name : List.of("a", "b", "c", "d")) {
            createRole(plugin, name);
        }
        assertEquals(
                List.of("3", "2", "1"),
                run(plugin, "history", Map.of()).stream()
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .toList());
        Fixture.ask(plugin, "createClient | \"username\":\"bob\",\"password\":\"p\"");
        run(plugin, "rollback", Map.of("version", "3"));
        assertEquals(
                List.of("a", "admin", "b", "c"), List.copyOf(onDisk().roles().keySet()));
        assertEquals(6, onDisk().changeIndex());
        assertEquals(AuthAnswer.DEFER, Fixture.login(plugin, "bob", "p"));
        assertEquals(List.of("two 98"), fixture.broker.expelled);
        run(plugin, "rollback", Map.of("version", "5"));
        assertEquals(AuthAnswer.ALLOW, Fixture.login(plugin, "bob", "p"));
        assertTrue(refusal(plugin, "rollback", Map.of("version", "99")).contains("no version 99"));
        assertTrue(refusal(plugin, "rollback", Map.of()).contains("not a number"));
    }

    @Test
    void aPersonAtAConsoleHasAllCommands() throws Exception {
        DynamicSecurity plugin = fixture.open();
        run(plugin, "create-role", Map.of("rolename", "r", "allowwildcardsubs", "false"));
        run(
                plugin,
                "add-role-acl",
                Map.of(
                        "rolename",
                        "r",
                        "acltype",
                        "subscribeLiteral",
                        "topic",
                        "t",
                        "allow",
                        "allow",
                        "priority",
                        "7"));
        run(plugin, "create-client", Map.of("username", "bob", "roles", "r:5, admin"));
        assertEquals(
                List.of(
                        "username: bob",
                        "roles:",
                        "  rolename: r, priority: 5",
                        "  rolename: admin",
                        "groups: none",
                        "connections: none"),
                run(plugin, "get-client", Map.of("username", "bob")));
        assertEquals(
                List.of("acls:", "  acltype: publishClientSend, allow: false"),
                run(plugin, "get-default-acl-access", Map.of()).subList(0, 2));
        assertTrue(refusal(plugin, "delete-client", Map.of("username", "eve")).endsWith(": Client not found"));
        assertTrue(refusal(plugin, "list-roles", Map.of("count", "x")).contains("not a number"));
        assertTrue(refusal(plugin, "modify-role", Map.of("rolename", "r", "acls", "["))
                .contains("not valid JSON"));
        assertTrue(run(plugin, "status", Map.of()).contains("state: in force"));
        assertEquals(1, fixture.log.count("dynsec: console | createClient | username=bob"));
        assertEquals(37, Console.operations(plugin.file(), "dynsec").size());
    }
}
