// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

import io.culex.security.hash.HashKind;
import io.culex.security.hash.PasswordHasher;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for (SPEC B.4).
 *
 * @param action what is to be done
 * @param create whether the file begins anew
 * @param kind of the hashes that are written
 * @param iterations of PBKDF2
 * @param file the path; {@code -} for standard input and output
 * @param user null for {@link Action#SET_LINES} and {@link Action#HASH_PLAIN}
 * @param password null but for {@link Action#SET}
 */
record Options(
        Action action,
        boolean create,
        HashKind kind,
        int iterations,
        String file,
        @Nullable String user,
        @Nullable String password) {
    static final String STANDARD = "-";

    /** What Java puts in place of bytes that it cannot read. */
    private static final char UNREADABLE = '\ufffd';

    enum Action {
        /** Ask for the password of one user. */
        ASK,
        /** Take it from the command line. */
        SET,
        /** Take users and passwords from standard input. */
        SET_LINES,
        /** Delete one user. */
        DELETE,
        /** Hash the passwords that stand in clear. */
        HASH_PLAIN
    }

    /** Whether the file is standard input and output. */
    boolean isStream() {
        return file.equals(STANDARD);
    }

    /** Whether passwords or users come from standard input. */
    boolean readsInput() {
        return action == Action.ASK || action == Action.SET_LINES;
    }

    static Options parse(String... arguments) throws FailedException {
        return new Parser(arguments).parse();
    }

    /** Reads the arguments from left to right; options end at the first word that is none. */
    private static final class Parser {
        private final String[] arguments;
        private int at;
        private boolean batch;
        private boolean create;
        private boolean delete;
        private boolean hashPlain;
        private HashKind kind = HashKind.SHA512_PBKDF2;
        private int iterations = PasswordHasher.DEFAULT_ITERATIONS;

        Parser(String[] arguments) {
            this.arguments = arguments;
        }

        Options parse() throws FailedException {
            while (at < arguments.length && arguments[at].startsWith("-") && !arguments[at].equals(STANDARD)) {
                option(arguments[at++]);
            }
            refuseTogether(create && delete, "-c", "-D");
            refuseTogether(create && hashPlain, "-c", "-U");
            refuseTogether(delete && hashPlain, "-D", "-U");
            refuseTogether(batch && delete, "-b", "-D");
            int words = arguments.length - at;
            if (hashPlain) {
                return with(Action.HASH_PLAIN, words, 1, "-U argument given but password file missing.");
            }
            if (delete) {
                return with(Action.DELETE, words, 2, "-D argument given but password file or username missing.");
            }
            if (batch && words == 2 && arguments[at + 1].equals(STANDARD)) {
                return new Options(Action.SET_LINES, create, kind, iterations, arguments[at], null, null);
            }
            if (batch) {
                return with(
                        Action.SET,
                        words,
                        3,
                        option() + " argument given but password file, username, or password missing.");
            }
            return with(Action.ASK, words, 2, create ? "-c argument given but password file or username missing." : "");
        }

        private String option() {
            return create ? "-c" : "-b";
        }

        private void option(String name) throws FailedException {
            switch (name) {
                case "-b" -> batch = true;
                case "-c" -> create = true;
                case "-D" -> delete = true;
                case "-U" -> hashPlain = true;
                case "-H" -> kind = kind(value(name));
                case "-I" -> iterations = iterations(value(name));
                default -> throw new FailedException("Error: Unknown option '" + name + "'.\n\n" + Usage.TEXT);
            }
        }

        private String value(String name) throws FailedException {
            if (at == arguments.length) {
                throw new FailedException("Error: " + name + " argument given but not enough other arguments.");
            }
            return arguments[at++];
        }

        private static HashKind kind(String name) throws FailedException {
            return HashKind.of(name).orElseThrow(() -> new FailedException("Error: Unknown hash type '" + name + "'"));
        }

        private static int iterations(String text) throws FailedException {
            try {
                int number = Integer.parseInt(text);
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new FailedException("Error: Number of iterations is not a number.", e);
            }
            throw new FailedException("Error: Number of iterations must be > 0.");
        }

        private static void refuseTogether(boolean both, String one, String other) throws FailedException {
            if (both) {
                throw new FailedException("Error: " + one + " and " + other + " cannot be used together.");
            }
        }

        private Options with(Action action, int words, int expected, String missing) throws FailedException {
            if (words < expected && !missing.isEmpty() && at > 0) {
                throw new FailedException("Error: " + missing);
            }
            if (words != expected) {
                throw new FailedException(Usage.TEXT);
            }
            String user = words > 1 ? checkName(arguments[at + 1]) : null;
            // Who is there under such a name can still be deleted.
            if (user != null && action != Action.DELETE) {
                checkText("Username", user);
            }
            return new Options(
                    action,
                    create,
                    kind,
                    iterations,
                    arguments[at],
                    user,
                    words > 2 ? checkPassword(arguments[at + 2]) : null);
        }

        private static String checkPassword(String password) throws FailedException {
            if (password.isEmpty()) {
                throw new FailedException("Error: Empty password.");
            }
            return checkText("Password", password);
        }
    }

    /** What Java could read: what it has put in place of other bytes would never come from the client. */
    static String checkText(String what, String text) throws FailedException {
        if (text.indexOf(UNREADABLE) >= 0) {
            throw new FailedException("Error: " + what + " is not valid UTF-8.");
        }
        return text;
    }

    /** A name that the broker will read as it is written here. */
    static String checkName(String name) throws FailedException {
        String fault = null;
        if (name.isEmpty()) {
            fault = "must not be empty";
        } else if (PasswordText.bytes(name).length > 65_535) {
            fault = "must be less than 65536 characters long";
        } else if (name.chars().anyMatch(Character::isISOControl)) {
            fault = "must not contain control characters";
        } else if (name.indexOf(':') >= 0) {
            fault = "must not contain the ':' character";
        } else if (name.startsWith("#")) {
            fault = "must not begin with '#', which begins a comment";
        } else if (!name.equals(name.trim())) {
            fault = "must not begin or end with a blank";
        }
        if (fault != null) {
            throw new FailedException("Error: Username " + fault + ".");
        }
        return name;
    }
}
