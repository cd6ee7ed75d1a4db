// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
    private static final Configuration ONE = InitialConfiguration.forAdmin("one", "hash");

    private final Path folder;
    private final List<String> warnings = new ArrayList<>();

    ConfigurationFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static Configuration read(Path file) throws Exception {
        return ConfigurationFile.read(file, warning -> {});
    }

    @Test
    void aFileIsForItsOwnerOnlyAndLeavesNothingBeside() throws Exception {
        Path file = Files.writeString(folder.resolve("dynamic-security.json"), "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        ConfigurationFile.write(file, ONE);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(ONE.roles(), read(file).roles());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aLinkStaysALink() throws Exception {
        Path target = Files.writeString(folder.resolve("target"), "{}");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        ConfigurationFile.write(link, ONE);
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(ONE.clients().keySet(), read(target).clients().keySet());
    }

    @Test
    void aWriteThatFailsIsToldAndLeavesTheOldFile() throws Exception {
        Path file = Files.createDirectories(folder.resolve("full")).resolve("file");
        Files.createDirectory(file);
        Files.writeString(file.resolve("something"), "in the way");
        assertThrows(IOException.class, () -> ConfigurationFile.write(file, ONE));
        assertThrows(IOException.class, () -> ConfigurationFile.write(folder.resolve("no/such/folder"), ONE));
        try (Stream<Path> files = Files.list(folder.resolve("full"))) {
            assertEquals(List.of(file), files.toList());
        }
    }

    private static byte[] bytes() {
        return ConfigurationFormat.write(ONE).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFolderThatCannotBeOpenedLeavesTheOldFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "{}");
        OpenFolder.Opening closed = place -> {
            throw new AccessDeniedException(place.toString());
        };
        assertThrows(AccessDeniedException.class, () -> ConfigurationFile.write(file, bytes(), warnings::add, closed));
        assertEquals("{}", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aFolderThatMayNotBeReadLeavesTheOldFile() throws Exception {
        Path closed = Files.createDirectories(folder.resolve("closed"));
        Path file = Files.writeString(closed.resolve("file"), "{}");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("-wx------"));
        try {
            assumeFalse(Files.isReadable(closed), "root may read everything");
            assertThrows(AccessDeniedException.class, () -> ConfigurationFile.write(file, ONE));
            assertEquals("{}", Files.readString(file));
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aFileThatIsInPlaceIsAWriteThatSucceededEvenIfItsFolderCannotBeForced() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "{}");
        OpenFolder failing = () -> {
            throw new IOException("no space for names");
        };
        ConfigurationFile.write(file, bytes(), warnings::add, place -> failing);
        assertEquals(ONE.roles(), read(file).roles());
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("no space for names"), warnings.toString());
    }

    @Test
    void aFolderIsForcedOnceTheFileIsInPlaceAndClosedThen() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "{}");
        List<String> calls = new ArrayList<>();
        OpenFolder observed = new OpenFolder() {
            @Override
            public void force() throws IOException {
                calls.add("force " + !Files.readString(file).equals("{}"));
            }

            @Override
            public void close() {
                calls.add("close");
            }
        };
        ConfigurationFile.write(file, bytes(), warnings::add, place -> observed);
        assertEquals(List.of("force true", "close"), calls);
        assertEquals(List.of(), warnings);
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[] {'{', (byte) 0xff, '}'});
        assertThrows(InvalidConfigurationException.class, () -> read(file));
    }

    @Test
    void theAdministratorOfInitHasItsEightRules() {
        Client admin = Found.in(ONE.clients(), "one");
        assertEquals("Dynsec admin user", admin.textName());
        assertEquals(List.of(Ranked.of("admin")), admin.roles());
        assertEquals(8, Found.in(ONE.roles(), "admin").acls().size());
        assertEquals(DefaultAccess.INITIAL, ONE.defaultAccess());
    }

    @Test
    void whatTheBrokerGeneratesHasADemoClientOnlyWhenItHasAPassword() {
        Configuration with = InitialConfiguration.generated("a", "d");
        assertEquals(List.of("admin", "democlient"), List.copyOf(with.clients().keySet()));
        assertEquals("unauthenticated", with.anonymousGroup());
        assertEquals(7, with.roles().size());
        assertEquals(
                List.of("admin"),
                List.copyOf(InitialConfiguration.generated("a", null).clients().keySet()));
    }
}
