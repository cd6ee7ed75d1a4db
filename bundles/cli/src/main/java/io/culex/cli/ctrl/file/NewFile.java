// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.file;

import io.culex.auth.dynsec.model.ConfigurationFormat;
import io.culex.auth.dynsec.model.InitialConfiguration;
import io.culex.cli.ctrl.command.Person;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.cli.owner.NewOwner;
import io.culex.security.hash.HashKind;
import io.culex.security.hash.PasswordHasher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** {@code dynsec init}: a file with one user, who may administer. */
public final class NewFile {
    private static final String SAID =
            """
            The client '%1$s' has been created in the file '%2$s'.
            This client is configured to allow you to administer the dynamic security plugin only.
            It does not have access to publish messages to normal topics.
            You should create your application clients to do that, for example:
               culex_ctrl <connect options> dynsec createClient <username>
               culex_ctrl <connect options> dynsec createRole <rolename>
               culex_ctrl <connect options> dynsec addRoleACL <rolename> publishClientSend my/topic allow [priority]
               culex_ctrl <connect options> dynsec addClientRole <username> <rolename> [priority]
            """;

    private final Person person;
    private final NewOwner owner;

    /** Passwords that are not given are asked of this person; the file is for this owner. */
    public NewFile(Person person, NewOwner owner) {
        this.person = person;
        this.owner = owner;
    }

    /**
     * Makes the file; blocks. Returns what there is to say.
     *
     * @param arguments file, username, and maybe a password
     * @throws FailedException also when the file is there already
     */
    public String create(List<String> arguments) throws FailedException {
        if (arguments.size() < 2) {
            throw new FailedException(
                    ExitStatus.USAGE, "dynsec init: Not enough arguments - filename, or admin-user missing.");
        }
        if (arguments.size() > 3) {
            throw new FailedException(ExitStatus.USAGE, "dynsec init: Too many arguments.");
        }
        Path file = Path.of(arguments.get(0));
        if (Files.exists(file)) {
            throw exists(file);
        }
        String username = arguments.get(1);
        String password = arguments.size() > 2
                ? arguments.get(2)
                : person.newPassword("New password for " + username + ": ", "Reenter password for " + username + ": ");
        if (username.isEmpty() || password.isEmpty()) {
            throw new FailedException(
                    ExitStatus.USAGE, "dynsec init: Empty " + (username.isEmpty() ? "username." : "password."));
        }
        String hash = new PasswordHasher(HashKind.SHA512_PBKDF2, PasswordHasher.DEFAULT_ITERATIONS)
                .hash(password.getBytes(StandardCharsets.UTF_8))
                .text();
        write(file, ConfigurationFormat.write(InitialConfiguration.forAdmin(username, hash)));
        return SAID.formatted(username, file);
    }

    /** Readable for the group, so that a broker with a user of its own can be let in; never over a file that is there. */
    private void write(Path file, String text) throws FailedException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] permissions = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
                }
                : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions)) {
            owner.take(file, person::tell);
            var bytes = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw new FailedException(
                    ExitStatus.UNREACHABLE,
                    "dynsec init: Unable to open '" + file + "' for writing (" + FileReasons.of(e) + ").",
                    e);
        }
    }

    private static FailedException exists(Path file) {
        return new FailedException(
                ExitStatus.UNREACHABLE,
                "dynsec init: '" + file + "' already exists. Remove the file or use a different location.");
    }
}
