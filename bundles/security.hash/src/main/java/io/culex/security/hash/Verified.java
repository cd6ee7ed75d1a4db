// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a moment ago, so that a crowd that reconnects need not be hashed again. Bounded in number and time;
 * holds no password but its keyed digest, under a key that nobody else has. Any thread.
 */
public final class Verified {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final long keepNanos;
    private final int capacity;
    private final LongSupplier nanos;
    private final SecretKeySpec key;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(String fingerprint, byte[] digest, long since) {}

    /**
     * Knows nobody yet.
     *
     * @param keep how long; zero: nothing is kept
     * @param capacity how many at most
     * @param nanos the clock, as {@link System#nanoTime}
     */
    public Verified(Duration keep, int capacity, LongSupplier nanos) {
        this.keepNanos = keep.toNanos();
        this.capacity = capacity;
        this.nanos = nanos;
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    /**
     * Whether the password of exactly this entry was right a moment ago.
     *
     * @param fingerprint stands for the user's entry: one that was changed has another
     */
    public boolean knows(String username, String fingerprint, byte[] password) {
        if (keepNanos == 0) {
            return false;
        }
        Entry entry;
        synchronized (entries) {
            forgetOld();
            entry = entries.get(username);
        }
        return entry != null
                && entry.fingerprint().equals(fingerprint)
                && MessageDigest.isEqual(entry.digest(), digest(fingerprint, password));
    }

    /** The password of that entry is right. */
    public void add(String username, String fingerprint, byte[] password) {
        if (keepNanos == 0) {
            return;
        }
        Entry entry = new Entry(fingerprint, digest(fingerprint, password), nanos.getAsLong());
        synchronized (entries) {
            entries.remove(username);
            forgetOld();
            if (entries.size() < capacity) {
                entries.put(username, entry);
            }
        }
    }

    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    /** The oldest come first. */
    private void forgetOld() {
        long now = nanos.getAsLong();
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext() && now - oldest.next().since() > keepNanos) {
            oldest.remove();
        }
    }

    private byte[] digest(String fingerprint, byte[] password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(fingerprint.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
