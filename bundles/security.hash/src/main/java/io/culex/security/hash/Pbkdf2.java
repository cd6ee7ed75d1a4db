// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * PBKDF2 with HMAC-SHA-512 (RFC 8018) for one block of 64 bytes. The JDK's own takes characters, while a password of MQTT is any
 * bytes, and its HMAC takes no empty key.
 */
final class Pbkdf2 {
    private static final int BLOCK_BYTES = 128;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;
    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    private final MessageDigest inner;
    private final MessageDigest outer;

    private Pbkdf2(byte[] key) {
        inner = keyed(key, INNER);
        outer = keyed(key, OUTER);
    }

    static byte[] derive(byte[] password, byte[] salt, int iterations) {
        return new Pbkdf2(password).derive(salt, iterations);
    }

    static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-512", e);
        }
    }

    private static MessageDigest keyed(byte[] key, byte pad) {
        byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? sha512().digest(key) : key, BLOCK_BYTES);
        for (int i = 0; i < BLOCK_BYTES; i++) {
            block[i] ^= pad;
        }
        MessageDigest digest = sha512();
        digest.update(block);
        Arrays.fill(block, (byte) 0);
        return digest;
    }

    private byte[] derive(byte[] salt, int iterations) {
        byte[] last = Arrays.copyOf(salt, salt.length + FIRST_BLOCK.length);
        System.arraycopy(FIRST_BLOCK, 0, last, salt.length, FIRST_BLOCK.length);
        byte[] sum = new byte[Fields.HASH_BYTES];
        byte[] next = new byte[Fields.HASH_BYTES];
        for (int i = 0; i < iterations; i++) {
            mac(last, next);
            last = next;
            for (int b = 0; b < sum.length; b++) {
                sum[b] ^= next[b];
            }
        }
        return sum;
    }

    /** The digests that have taken the key are copied each time: half the work of beginning with the key. */
    private void mac(byte[] data, byte[] into) {
        try {
            MessageDigest digest = (MessageDigest) inner.clone();
            digest.update(data);
            digest.digest(into, 0, into.length);
            digest = (MessageDigest) outer.clone();
            digest.update(into);
            digest.digest(into, 0, into.length);
        } catch (CloneNotSupportedException | DigestException e) {
            throw new IllegalStateException("the SHA-512 of this Java cannot be used", e);
        }
    }
}
