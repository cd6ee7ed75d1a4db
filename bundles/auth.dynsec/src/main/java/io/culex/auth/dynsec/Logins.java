// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import io.culex.auth.dynsec.model.Client;
import io.culex.security.hash.HashPool;
import io.culex.security.hash.InvalidHashException;
import io.culex.security.hash.PasswordHash;
import io.culex.security.hash.Verified;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides who may log in (SPEC D.3). Passwords are hashed on a pool. Any thread; does not block. */
final class Logins implements AutoCloseable {
    private static final CompletionStage<AuthAnswer> IGNORE = CompletableFuture.completedFuture(AuthAnswer.IGNORE);
    private static final CompletionStage<AuthAnswer> DEFER = CompletableFuture.completedFuture(AuthAnswer.DEFER);
    private static final CompletionStage<AuthAnswer> DENY = CompletableFuture.completedFuture(AuthAnswer.DENY);
    private static final CompletionStage<AuthAnswer> ALLOW = CompletableFuture.completedFuture(AuthAnswer.ALLOW);
    private static final AuthAnswer BUSY = new AuthAnswer.Deny(ReasonCode.SERVER_BUSY, "too many logins at once");

    /** MQTT 3 has no other word for it: the client is to try again. */
    private static final AuthAnswer UNAVAILABLE =
            new AuthAnswer.Deny(ReasonCode.SERVER_UNAVAILABLE, "too many logins at once");

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CACHE_ENTRIES = 10_000;

    private final Supplier<State> state;
    private final HashPool<AuthAnswer> pool;
    private final Verified verified;
    private final LongAdder checks = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    /**
     * Over what is in force.
     *
     * @param nanos the clock, as {@link System#nanoTime}
     */
    Logins(String plugin, Settings.Hashing hashing, Supplier<State> state, LongSupplier nanos) {
        this.state = state;
        this.pool = new HashPool<>(plugin, hashing.threads(), hashing.queue(), PATIENCE, nanos);
        this.verified = new Verified(hashing.cacheTime(), CACHE_ENTRIES, nanos);
    }

    CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
        State now = state.get();
        String username = request.username();
        if (now.broken() != null) {
            return refused();
        }
        if (username == null) {
            return IGNORE;
        }
        Payload sent = request.password();
        Client client = now.configuration().clients().get(username);
        if (sent == null || client == null) {
            return DEFER;
        }
        if (!mayTry(client, request.clientId())) {
            return refused();
        }
        byte[] password = sent.toBytes();
        String fingerprint = fingerprint(client);
        if (verified.knows(username, fingerprint, password)) {
            hits.increment();
            return ALLOW;
        }
        InetSocketAddress address = request.peer().address();
        InetAddress from = address == null ? null : address.getAddress();
        return pool.run(
                from,
                request.protocolLevel() < 5 ? UNAVAILABLE : BUSY,
                () -> check(username, request.clientId(), password));
    }

    private CompletionStage<AuthAnswer> refused() {
        refusals.increment();
        return DENY;
    }

    private static boolean mayTry(Client client, String clientId) {
        return !client.disabled()
                && client.password() != null
                && (client.clientId() == null || client.clientId().equals(clientId));
    }

    /** On a thread of the pool; the entry may have changed while the login waited, and while it is hashed. */
    private AuthAnswer check(String username, String clientId, byte[] password) {
        checks.increment();
        Client client = state.get().configuration().clients().get(username);
        boolean right = client != null && mayTry(client, clientId) && verify(client, password);
        if (right && client != null && fingerprint(client).equals(fingerprint(username))) {
            verified.add(username, fingerprint(client), password);
        } else {
            right = false;
            refusals.increment();
        }
        Arrays.fill(password, (byte) 0);
        return right ? AuthAnswer.ALLOW : AuthAnswer.DENY;
    }

    private static boolean verify(Client client, byte[] password) {
        String text = client.password();
        try {
            return text != null && PasswordHash.parse(text).verify(password);
        } catch (InvalidHashException e) {
            // It was warned of when the file was read: who has no password that can be used cannot log in.
            return false;
        }
    }

    /** What stands for a client that can log in; null for one that cannot. */
    @Nullable
    String fingerprint(String username) {
        Client client = state.get().configuration().clients().get(username);
        return client == null || client.disabled() || client.password() == null ? null : fingerprint(client);
    }

    private static String fingerprint(Client client) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : Arrays.asList(client.username(), client.clientId(), client.password())) {
                digest.update((part == null ? "" : part).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) (part == null ? 1 : 0));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Logins that wait for their password to be hashed. */
    int waiting() {
        return pool.waiting();
    }

    /** Logins refused because too many came at once. */
    long busy() {
        return pool.busy();
    }

    /** Passwords that were hashed. */
    long checks() {
        return checks.sum();
    }

    /** Passwords that need not be hashed again. */
    long hits() {
        return hits.sum();
    }

    /** Logins that were refused. */
    long refusals() {
        return refusals.sum();
    }

    @Override
    public void close() {
        pool.close();
    }
}
