// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

import io.culex.cli.terminal.Terminal;
import io.culex.security.hash.PasswordHasher;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code culex_passwd}: adds, changes and deletes users of a password file (SPEC B.4). */
public final class Passwd {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    Passwd(InputStream in, PrintStream out, PrintStream err, boolean terminal) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Runs the command in a process of its own. */
    public static void main(String[] arguments) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        int status = new Passwd(System.in, out, err, Boolean.getBoolean(Terminal.PROPERTY)).run(arguments);
        out.flush();
        err.flush();
        System.exit(status);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** Runs the command; returns its exit status. */
    int run(String... arguments) {
        if (arguments.length > 0 && (arguments[0].equals("-h") || arguments[0].equals("--help"))) {
            out.print(Usage.TEXT);
            return 0;
        }
        try {
            return run(Options.parse(arguments));
        } catch (FailedException e) {
            String message = String.valueOf(e.getMessage());
            err.print(message.endsWith("\n") ? message : message + "\n");
            return e.status();
        } catch (IOException e) {
            err.println("Error: " + (e.getClass() == IOException.class ? e.getMessage() + "." : e));
            return 1;
        }
    }

    private int run(Options options) throws FailedException, IOException {
        if (options.isStream() && !options.create() && options.readsInput()) {
            throw new FailedException(
                    "Error: Standard input cannot be the password file and give passwords at the same time.");
        }
        PasswordStore store =
                options.isStream() ? null : new PasswordStore(options.file(), options.create(), err::println);
        if (store != null) {
            store.checkThere();
        }
        return switch (options.action()) {
            case ASK, SET, SET_LINES -> set(options, store, checked(logins(options)));
            case DELETE -> delete(options, store);
            case HASH_PLAIN -> hashPlain(options, store);
        };
    }

    private List<Login> logins(Options options) throws FailedException, IOException {
        String user = options.user();
        String password = options.password();
        if (user == null) {
            List<Login> logins = InputLines.logins(in.readAllBytes());
            // A pipe whose other end has failed is empty, too; with -c it would leave a file without users.
            if (logins.isEmpty()) {
                throw new FailedException("Error: There is no user on standard input.");
            }
            return logins;
        }
        byte[] bytes = password != null
                ? PasswordText.bytes(password)
                : newPassword(new Terminal(in, options.isStream() ? err : out, terminal));
        return List.of(new Login(user, bytes));
    }

    /** MQTT has two bytes for the length of a password. */
    private static List<Login> checked(List<Login> logins) throws FailedException {
        for (Login login : logins) {
            if (login.password().length > 65_535) {
                throw new FailedException("Error: Password must be less than 65536 characters long.");
            }
        }
        return logins;
    }

    private static byte[] newPassword(Terminal person) throws FailedException, IOException {
        byte[] typed = person.newSecret("Password: ", "Reenter password: ")
                .orElseThrow(() -> new FailedException(2, "Error: Passwords do not match."));
        if (typed.length == 0) {
            throw new FailedException("Error: Empty password.");
        }
        return typed;
    }

    private int set(Options options, @Nullable PasswordStore store, List<Login> logins)
            throws FailedException, IOException {
        // Hashed before the file is locked: another run need not wait for that.
        List<String> hashes = hashing(options).all(logins);
        List<String> said = new ArrayList<>();
        edit(options, store, text -> {
            text.check();
            for (int i = 0; i < logins.size(); i++) {
                String name = logins.get(i).name();
                boolean known = text.set(name, hashes.get(i));
                said.add((known ? "Updating" : "Adding") + " password for user " + name);
            }
        });
        if (store != null) {
            said.forEach(out::println);
        }
        return 0;
    }

    private int delete(Options options, @Nullable PasswordStore store) throws FailedException, IOException {
        String user = String.valueOf(options.user());
        edit(options, store, text -> {
            if (!text.delete(user)) {
                throw new FailedException("Warning: User " + user + " not found in password file.");
            }
        });
        return 0;
    }

    private int hashPlain(Options options, @Nullable PasswordStore store) throws FailedException, IOException {
        edit(options, store, text -> {
            text.check();
            Iterator<String> hashes = hashing(options).all(text.plain()).iterator();
            text.replacePlain(login -> hashes.next());
        });
        return 0;
    }

    private static Hashing hashing(Options options) {
        return new Hashing(new PasswordHasher(options.kind(), options.iterations()));
    }

    /** A change of the lines. */
    private interface Edit {
        void apply(PasswordText text) throws FailedException;
    }

    private void edit(Options options, @Nullable PasswordStore store, Edit edit) throws FailedException, IOException {
        PasswordStore.Change change = before -> {
            PasswordText text = options.create() ? new PasswordText() : new PasswordText(before);
            edit.apply(text);
            return text.toBytes();
        };
        if (store != null) {
            store.change(change);
        } else {
            out.write(change.apply(options.create() ? new byte[0] : in.readAllBytes()));
            if (out.checkError()) {
                throw new FailedException("Error: Unable to write to standard output.");
            }
        }
    }
}
