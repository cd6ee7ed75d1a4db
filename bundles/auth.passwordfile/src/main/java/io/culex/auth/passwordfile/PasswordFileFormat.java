// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.passwordfile;

import io.culex.security.file.FileFormat;
import io.culex.security.file.InvalidFileException;
import io.culex.security.hash.InvalidHashException;
import io.culex.security.hash.PasswordHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The grammar of SPEC B.1: {@code name:hash} lines, the users by name. Any fault refuses the whole file. */
final class PasswordFileFormat implements FileFormat<Map<String, User>> {
    private static final int MAX_NAME_BYTES = 65_535;

    /** So many lines that are none are named; a file that is no password file at all has them by the thousand. */
    private static final int MOST_NAMED = 10;

    @Override
    public String unreadable(Path file) {
        return "password-file: Error: Unable to open pwfile \"" + file + "\".";
    }

    @Override
    public Map<String, User> parse(Path file, List<String> lines, Consumer<String> warnings)
            throws InvalidFileException {
        Map<String, User> users = new HashMap<>();
        int skipped = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int colon = line.indexOf(':');
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            if (colon < 0) {
                skipped++;
                if (skipped <= MOST_NAMED) {
                    warnings.accept("password-file: Warning: Line " + (i + 1) + " of '" + file
                            + "' is skipped, it has no ':'.");
                }
                continue;
            }
            User user = user(file, line, colon, i + 1);
            User first = users.putIfAbsent(user.name(), user);
            if (first != null) {
                throw new InvalidFileException(
                        "password-file: Error: Duplicate user '" + user.name() + "' in password file '" + file + "'.",
                        i + 1,
                        "the first is in line " + first.line());
            }
        }
        if (skipped > MOST_NAMED) {
            warnings.accept(more(file, skipped - MOST_NAMED));
        }
        return Map.copyOf(users);
    }

    private static String more(Path file, int lines) {
        return "password-file: Warning: " + lines
                + (lines == 1
                        ? " more line of '" + file + "' is skipped, it has no ':'."
                        : " more lines of '" + file + "' are skipped, they have no ':'.");
    }

    private static User user(Path file, String line, int colon, int number) throws InvalidFileException {
        String name = line.substring(0, colon).trim();
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new InvalidFileException(
                    "password-file: Error: Invalid username in password file '" + file + "'.",
                    number,
                    name.isEmpty() ? "it is empty" : "it is longer than " + MAX_NAME_BYTES + " bytes");
        }
        int end = line.indexOf(':', colon + 1);
        String entry = line.substring(colon + 1, end < 0 ? line.length() : end).trim();
        try {
            return User.of(name, PasswordHash.parse(entry), number, entry);
        } catch (InvalidHashException e) {
            throw new InvalidFileException(
                    "password-file: Error: Unable to decode line in password file '" + file + "'.",
                    number,
                    "the password of user '" + name + "': " + e.getMessage());
        }
    }
}
