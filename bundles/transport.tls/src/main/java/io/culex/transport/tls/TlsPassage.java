// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import io.culex.api.log.LogType;
import io.culex.security.tls.FileState;
import io.culex.security.tls.ServerTls;
import io.culex.security.tls.TlsFileException;
import io.culex.security.tls.TlsVersion;
import io.culex.transport.PipelineStage;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * TLS of one listener. New connections get the context that was loaded last; it is loaded anew when the files on disk have
 * changed and come to rest, and stays as it was when they cannot be used.
 */
final class TlsPassage implements PipelineStage.Prepared {
    /** After so many looks at files that stay as they are and cannot be used, the log says so: a renewal takes a moment. */
    private static final int PATIENCE = 3;

    /** Then it tries at every so many looks: what is in the way may pass without a change of the files, as open files do. */
    private static final int SELDOM = 60;

    private static final Duration WARN_BEFORE = Duration.ofDays(14);
    private static final long HANDSHAKE_MILLIS = 60_000;

    private final String listener;
    private final TlsOptions options;
    private final Surroundings surroundings;
    private final KeyLog keylog;
    private volatile ServerTls tls;
    private FileState loaded;
    private FileState seen;
    private int looks;
    private long daysAtWarning = Long.MAX_VALUE;

    /**
     * For a listener.
     *
     * @throws TlsFileException when its files cannot be used
     */
    TlsPassage(String listener, TlsOptions options, Surroundings surroundings) throws TlsFileException {
        this.listener = listener;
        this.options = options;
        this.surroundings = surroundings;
        this.keylog = new KeyLog(listener, options.keylog(), surroundings.log());
        // Before the files are read: a change in between is then seen as one.
        this.loaded = FileState.of(options.tls());
        this.seen = loaded;
        this.tls = ServerTls.load(options.tls());
    }

    String listener() {
        return listener;
    }

    Instant validUntil() {
        return tls.validUntil();
    }

    @Override
    public void install(Channel channel) {
        SslHandler handler = tls.handler(channel.alloc());
        // The endpoint's time limit for CONNECT is the one that counts.
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        channel.pipeline().addLast("tls", handler);
        channel.pipeline().addLast("tls-greeting", new Greeting(options.username(), surroundings));
    }

    @Override
    public void begin() {
        log(
                LogType.INFORMATION,
                "TLS of listener %s by %s.".formatted(listener, tls.engine().describe()));
        if (options.tls().ciphers().lowest() == TlsVersion.TLS_1_1) {
            log(LogType.WARNING, "Warning: TLS v1.1 of listener %s is insecure.".formatted(listener));
        }
        keylog.begin(tls);
        warnOfExpiry(surroundings.clock().instant());
        surroundings.watch().add(this);
    }

    @Override
    public void end() {
        surroundings.watch().remove(this);
        keylog.end();
    }

    /** Looks at the files; on the watch's thread only. */
    void look() {
        warnOfExpiry(surroundings.clock().instant());
        FileState now = FileState.of(options.tls());
        if (!now.equals(seen)) {
            seen = now;
            looks = 0;
            return;
        }
        if (now.equals(loaded)) {
            return;
        }
        looks++;
        if (looks <= PATIENCE || looks % SELDOM == 0) {
            renew(now);
        }
    }

    /** Neither a defect of ours nor a lack of memory must end the watch. */
    void failedToLook(Throwable failure) {
        log(LogType.ERROR, "Error: Listener %s cannot look at its certificates: %s".formatted(listener, failure));
    }

    private void renew(FileState now) {
        try {
            ServerTls renewed = ServerTls.load(options.tls());
            keylog.follow(renewed);
            tls = renewed;
            loaded = now;
            daysAtWarning = Long.MAX_VALUE;
            log(
                    LogType.INFORMATION,
                    "Certificate of listener %s loaded from %s, valid until %s."
                            .formatted(listener, options.tls().identity().certfile(), tls.validUntil()));
            warnOfExpiry(surroundings.clock().instant());
        } catch (TlsFileException e) {
            if (looks == PATIENCE) {
                log(LogType.ERROR, Objects.toString(e.getMessage(), e.toString()));
                log(LogType.ERROR, "Error: Listener %s keeps the certificate it had.".formatted(listener));
            }
        }
    }

    /** Once for each day that is left. */
    private void warnOfExpiry(Instant now) {
        Duration left = Duration.between(now, tls.validUntil());
        long days = left.toDays();
        if (left.compareTo(WARN_BEFORE) >= 0 || (days == daysAtWarning)) {
            return;
        }
        daysAtWarning = days;
        Object file = options.tls().identity().certfile();
        log(
                LogType.WARNING,
                left.isNegative()
                        ? "Warning: The certificate of listener %s (%s) has expired.".formatted(listener, file)
                        : "Warning: The certificate of listener %s (%s) expires in %d days."
                                .formatted(listener, file, days));
    }

    private void log(LogType type, String line) {
        surroundings.log().log(type, line);
    }
}
