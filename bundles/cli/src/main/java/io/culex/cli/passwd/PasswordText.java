// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

import io.culex.security.hash.InvalidHashException;
import io.culex.security.hash.PasswordHash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a password file while it is changed. Lines that are not concerned stay byte for byte, comments and blank lines
 * too; every line ends with a line feed afterwards.
 */
final class PasswordText {
    private final List<byte[]> lines = new ArrayList<>();

    /** In which line each user stands first; null: not looked for yet, or not true any more. */
    private @Nullable Map<String, Integer> firsts;

    /** A file without lines. */
    PasswordText() {}

    /** The content of a file. */
    PasswordText(byte[] content) {
        int from = 0;
        for (int end = 0; end < content.length; end++) {
            if (content[end] == '\n') {
                lines.add(Arrays.copyOfRange(content, from, end));
                from = end + 1;
            }
        }
        if (from < content.length) {
            lines.add(Arrays.copyOfRange(content, from, content.length));
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Refuses a file with a line that is none of {@code name:hash}, comment and blank.
     *
     * @throws FailedException naming the first such line
     */
    void check() throws FailedException {
        for (int i = 0; i < lines.size(); i++) {
            if (!isBeside(lines.get(i)) && nameOf(lines.get(i)) == null) {
                throw new FailedException("Error: Corrupt password file at line " + (i + 1) + ".");
            }
        }
    }

    /** Puts in the user's new entry: in place of the first that is there, else at the end. Returns whether it was there. */
    boolean set(String name, String hash) {
        byte[] line = bytes(name + ":" + hash);
        Map<String, Integer> known = firsts();
        Integer first = known.putIfAbsent(name, lines.size());
        if (first == null) {
            lines.add(line);
            return false;
        }
        lines.set(first, line);
        return true;
    }

    /** Looked for once: who sets many users would read all lines for each of them. */
    private Map<String, Integer> firsts() {
        Map<String, Integer> known = firsts;
        if (known == null) {
            known = new HashMap<>();
            for (int i = 0; i < lines.size(); i++) {
                String name = nameOf(lines.get(i));
                if (name != null) {
                    known.putIfAbsent(name, i);
                }
            }
            firsts = known;
        }
        return known;
    }

    /** Takes out every entry of the user. Returns whether there was one. */
    boolean delete(String name) {
        firsts = null;
        return lines.removeIf(line -> name.equals(nameOf(line)));
    }

    /**
     * The users whose password stands in clear, in order, each with its password: everything behind the first {@code :}.
     *
     * @throws FailedException for a user without a password
     */
    List<Login> plain() throws FailedException {
        List<Login> plain = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String name = nameOf(lines.get(i));
            if (name != null && !isHashed(lines.get(i))) {
                byte[] password = valueOf(lines.get(i));
                if (password.length == 0) {
                    throw new FailedException("Error: Empty password at line " + (i + 1) + ".");
                }
                plain.add(new Login(name, password));
            }
        }
        return plain;
    }

    /** Replaces, in order, the lines of {@link #plain}. */
    void replacePlain(Function<Login, String> hashes) throws FailedException {
        List<Login> plain = plain();
        int next = 0;
        for (int i = 0; i < lines.size() && next < plain.size(); i++) {
            if (nameOf(lines.get(i)) != null && !isHashed(lines.get(i))) {
                Login login = plain.get(next++);
                lines.set(i, bytes(login.name() + ":" + hashes.apply(login)));
            }
        }
    }

    byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            out.writeBytes(line);
            out.write('\n');
        }
        return out.toByteArray();
    }

    /** Comments and blank lines. */
    private static boolean isBeside(byte[] line) {
        return (line.length > 0 && line[0] == '#') || text(line).isBlank();
    }

    /** The name of an entry as the broker reads it; null for what is no entry. */
    private static @Nullable String nameOf(byte[] line) {
        int colon = colon(line);
        if (isBeside(line) || colon < 0) {
            return null;
        }
        String name = new String(line, 0, colon, StandardCharsets.UTF_8).trim();
        return name.isEmpty() ? null : name;
    }

    /** What is behind the name, without the carriage return of a file of Windows. */
    private static byte[] valueOf(byte[] line) {
        int end = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        return Arrays.copyOfRange(line, colon(line) + 1, end);
    }

    private static boolean isHashed(byte[] line) {
        String value = text(valueOf(line));
        int end = value.indexOf(':');
        try {
            PasswordHash.parse((end < 0 ? value : value.substring(0, end)).trim());
            return true;
        } catch (InvalidHashException e) {
            return false;
        }
    }

    private static int colon(byte[] line) {
        for (int i = 0; i < line.length; i++) {
            if (line[i] == ':') {
                return i;
            }
        }
        return -1;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
