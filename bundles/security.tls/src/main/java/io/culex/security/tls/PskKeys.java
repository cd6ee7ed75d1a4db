// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pre-shared keys of {@code psk_file}, by identity. Immutable. */
final class PskKeys {
    private final Map<String, byte[]> keys;

    private PskKeys(Map<String, byte[]> keys) {
        this.keys = keys;
    }

    /**
     * Reads lines of {@code identity:key}, the key in hexadecimal; blocks.
     *
     * @throws TlsFileException when the file cannot be read or a line is none
     */
    static PskKeys load(Path file) throws TlsFileException {
        Map<String, byte[]> keys = new HashMap<>();
        int number = 0;
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    add(line.strip(), keys);
                }
            }
        } catch (IOException e) {
            throw new TlsFileException(
                    "Error: Unable to open psk file \"%s\". %s.".formatted(file, TlsFileException.reason(e)), e);
        } catch (IllegalArgumentException e) {
            throw new TlsFileException(
                    "Error: Invalid line %d in psk file \"%s\". %s.".formatted(number, file, e.getMessage()), e);
        }
        return new PskKeys(keys);
    }

    /**
     * A key in hexadecimal; a digit that has no partner is the first one, as Mosquitto reads it.
     *
     * @throws IllegalArgumentException when it is none
     */
    static byte[] parse(String key) {
        return HexFormat.of().parseHex(key.length() % 2 == 0 ? key : "0" + key);
    }

    private static void add(String line, Map<String, byte[]> keys) {
        int colon = line.indexOf(':');
        if (colon <= 0 || SubjectNames.sound(line.substring(0, colon)).isEmpty()) {
            throw new IllegalArgumentException("There is no identity");
        }
        byte[] key = parse(line.substring(colon + 1).strip());
        if (key.length == 0) {
            throw new IllegalArgumentException("There is no key");
        }
        if (keys.put(line.substring(0, colon), key) != null) {
            throw new IllegalArgumentException("The identity is there twice");
        }
    }

    /** A copy of the key of an identity, or null. */
    byte @Nullable [] key(byte[] identity) {
        byte[] key = keys.get(new String(identity, StandardCharsets.UTF_8));
        return key == null ? null : key.clone();
    }
}
