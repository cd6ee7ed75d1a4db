// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import java.util.Base64;
import java.util.List;

/** The fields of a hash between its {@code $} signs; the first is its tag. */
record Fields(List<String> all) {
    static final int HASH_BYTES = 64;
    private static final int SHORT_SALT = 12;
    private static final int LONG_SALT = 64;

    static Fields of(String text) throws InvalidHashException {
        if (!text.startsWith("$")) {
            throw new InvalidHashException("not a hash: it does not begin with '$'");
        }
        return new Fields(List.of(text.substring(1).split("\\$", -1)));
    }

    String tag() {
        return all.get(0);
    }

    String get(int index) {
        return all.get(index);
    }

    void expect(int count) throws InvalidHashException {
        if (all.size() != count) {
            throw new InvalidHashException("a hash of this kind has " + count + " fields, not " + all.size());
        }
    }

    /** A salt of {@code $6$} and {@code $7$}: Mosquitto up to 2.0 writes the short one, 2.1 the long one. */
    byte[] salt(int index) throws InvalidHashException {
        byte[] salt = base64(index, "salt");
        if (salt.length != SHORT_SALT && salt.length != LONG_SALT) {
            throw new InvalidHashException("the salt has " + salt.length + " bytes, not 12 or 64");
        }
        return salt;
    }

    byte[] hash(int index) throws InvalidHashException {
        byte[] hash = base64(index, "hash");
        if (hash.length != HASH_BYTES) {
            throw new InvalidHashException("the hash has " + hash.length + " bytes, not " + HASH_BYTES);
        }
        return hash;
    }

    private byte[] base64(int index, String what) throws InvalidHashException {
        if (get(index).length() % 4 != 0) {
            throw new InvalidHashException("the " + what + " is not Base64");
        }
        return decode(get(index), what);
    }

    /** Base64 with or without its padding. */
    static byte[] decode(String text, String what) throws InvalidHashException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidHashException("the " + what + " is not Base64", e);
        }
    }

    /** A decimal number without sign. */
    static int number(String text, int minimum, int maximum, String what) throws InvalidHashException {
        if (text.matches("[0-9]{1,10}")) {
            long value = Long.parseLong(text);
            if (value >= minimum && value <= maximum) {
                return (int) value;
            }
        }
        throw new InvalidHashException("the " + what + " is not a number from " + minimum + " to " + maximum);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
