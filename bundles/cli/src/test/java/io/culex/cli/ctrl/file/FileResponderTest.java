// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.culex.cli.ctrl.command.Module;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileResponderTest {
    private final Path file;
    private final List<String> warnings = new ArrayList<>();

    FileResponderTest(@TempDir Path folder) {
        file = folder.resolve("dynamic-security.json");
    }

    private JsonObject answer(String request) throws FailedException {
        return new FileResponder(file, warnings::add)
                .answer(Module.DYNSEC, JsonParser.parseString(request).getAsJsonObject());
    }

    @Test
    void carriesOutCommandsOnAFile() throws Exception {
        Files.writeString(file, "{\"clients\":[{\"username\":\"bob\"}],\"groups\":[],\"roles\":[]}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertFalse(answer("{'command':'createRole','rolename':'r'}").has("error"));
        assertFalse(answer("{'command':'addClientRole','username':'bob','rolename':'r','priority':4}")
                .has("error"));

        assertEquals(
                "{\"username\":\"bob\",\"roles\":[{\"rolename\":\"r\",\"priority\":4}],\"groups\":[],\"connections\":[]}",
                answer("{'command':'getClient','username':'bob'}")
                        .getAsJsonObject("data")
                        .getAsJsonObject("client")
                        .toString());
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(Files.readString(file).contains("\"changeIndex\": 2"), Files.readString(file));
    }

    @Test
    void hashesPasswordsAsOftenAsItIsTold() throws Exception {
        Files.writeString(file, "{\"clients\":[{\"username\":\"bob\"}]}");

        answer("{'command':'setClientPassword','username':'bob','password':'x','iterations':7}");

        assertTrue(Files.readString(file).contains("\"encoded_password\": \"$7$7$"), Files.readString(file));
        assertFails(
                ExitStatus.USAGE,
                "Error: Number of iterations must be > 0.",
                "{'command':'setClientPassword','username':'bob','password':'x','iterations':0}");
    }

    @Test
    void leavesTheFileAloneWhenNothingChanges() throws Exception {
        String text = "{ \"clients\" : [] }";
        Files.writeString(file, text);

        assertEquals(
                "Client not found",
                answer("{'command':'deleteClient','username':'bob'}")
                        .get("error")
                        .getAsString());
        answer("{'command':'listClients'}");

        assertEquals(text, Files.readString(file));
    }

    /** As with a file of the broker that someone else may write: nobody but root gives files away. */
    @Test
    void leavesTheFileAloneWhenTheNewOneCannotHaveItsOwner() throws Exception {
        String text = "{\"clients\":[{\"username\":\"bob\"}]}";
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        Object inode = Files.getAttribute(file, "unix:ino");
        FileResponder responder = new FileResponder(file, warnings::add, before -> fresh -> {
            throw new FileSystemException(fresh.toString(), null, "Operation not permitted");
        });

        FailedException e = assertThrows(
                FailedException.class,
                () -> responder.answer(
                        Module.DYNSEC,
                        JsonParser.parseString("{'command':'deleteClient','username':'bob'}")
                                .getAsJsonObject()));

        assertEquals("Error: Unable to write to " + file + ": Operation not permitted.", e.text());
        assertEquals(text, Files.readString(file));
        assertEquals(inode, Files.getAttribute(file, "unix:ino"));
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void saysWhyAFileCannotBeUsed() throws IOException {
        assertFails(
                ExitStatus.UNREACHABLE,
                "Error: Unable to open " + file + ": No such file or directory.",
                "{'command':'listClients'}");
        Files.writeString(file, "{");
        FailedException e = assertThrows(FailedException.class, () -> answer("{'command':'listClients'}"));
        assertTrue(e.text().startsWith("Error: " + file + " is not a valid dynamic-security config file: "), e.text());
    }

    private void assertFails(ExitStatus status, String message, String request) {
        FailedException e = assertThrows(FailedException.class, () -> answer(request));
        assertEquals(status, e.status());
        assertEquals(message, e.text());
    }

    @Test
    void theBrokerItselfHasNoFile() {
        FailedException e = assertThrows(FailedException.class, () -> new FileResponder(file, warnings::add)
                .answer(Module.BROKER, new JsonObject()));
        assertEquals("Error: The module broker needs a broker.", e.text());
    }
}
