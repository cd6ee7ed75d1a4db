// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.passwordfile;

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
final class Verified {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final long keepNanos;
    private final int capacity;
    private final LongSupplier nanos;
    private final SecretKeySpec key;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(User user, byte[] digest, long since) {}

    /**
     * Knows nobody yet.
     *
     * @param keep how long; zero: nothing is kept
     * @param nanos the clock, as {@link System#nanoTime}
     */
    Verified(Duration keep, int capacity, LongSupplier nanos) {
        this.keepNanos = keep.toNanos();
        this.capacity = capacity;
        this.nanos = nanos;
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    /** Whether the password of exactly this entry was right a moment ago. */
    @SuppressWarnings("ReferenceEquality") // an entry that was read anew is another one
    boolean knows(User user, byte[] password) {
        if (keepNanos == 0) {
            return false;
        }
        Entry entry;
        synchronized (entries) {
            forgetOld();
            entry = entries.get(user.name());
        }
        return entry != null && entry.user() == user && MessageDigest.isEqual(entry.digest(), digest(user, password));
    }

    /** The password of that entry is right. */
    void add(User user, byte[] password) {
        if (keepNanos == 0) {
            return;
        }
        Entry entry = new Entry(user, digest(user, password), nanos.getAsLong());
        synchronized (entries) {
            entries.remove(user.name());
            forgetOld();
            if (entries.size() < capacity) {
                entries.put(user.name(), entry);
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

    private byte[] digest(User user, byte[] password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(user.fingerprint().getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
