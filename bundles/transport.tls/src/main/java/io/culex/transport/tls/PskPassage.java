// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import io.culex.api.auth.Peer;
import io.culex.api.auth.TlsFacts;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings;
import io.culex.api.log.LogType;
import io.culex.security.file.Exposure;
import io.culex.security.tls.PskTls;
import io.culex.security.tls.PskTls.Agreement;
import io.culex.security.tls.TlsFileException;
import io.culex.transport.Arrival;
import io.culex.transport.PipelineStage;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** TLS with pre-shared keys of one listener. */
final class PskPassage implements PipelineStage.Prepared {
    static final String HINT = "psk_hint";
    static final String FILE = "psk_file";

    private final String listener;
    private final PskTls tls;
    private final List<String> warnings;
    private final Map<String, String> options;
    private final Surroundings surroundings;

    private PskPassage(
            String listener,
            PskTls tls,
            List<String> warnings,
            Map<String, String> options,
            Surroundings surroundings) {
        this.listener = listener;
        this.tls = tls;
        this.warnings = warnings;
        this.options = options;
        this.surroundings = surroundings;
    }

    static PskPassage of(ListenerSettings settings, Surroundings surroundings)
            throws GenerationRefusedException, TlsFileException {
        Map<String, String> options = settings.stages();
        String file = options.get(FILE);
        if (file == null) {
            throw refused("Error: psk_hint of listener %s needs psk_file.".formatted(settings.name()));
        }
        for (String option : List.of("require_certificate", "use_subject_as_username", "crlfile")) {
            if (options.containsKey(option)) {
                throw refused(
                        "Error: %s cannot be used with psk_hint on listener %s.".formatted(option, settings.name()));
            }
        }
        if ("tlsv1.3".equals(options.get("tls_version"))) {
            throw refused("Error: psk_hint of listener %s needs TLS 1.2.".formatted(settings.name()));
        }
        PskTls tls = PskTls.load(Path.of(file), options.getOrDefault(HINT, ""), options.get("ciphers"));
        return new PskPassage(settings.name(), tls, exposure(Path.of(file)), options, surroundings);
    }

    /** Who else may see the keys, which are in it as they are. */
    static List<String> exposure(Path file) throws TlsFileException {
        try {
            return Exposure.warnings(file);
        } catch (IOException e) {
            throw new TlsFileException("Error: Unable to open psk file \"%s\". %s.".formatted(file, e), e);
        }
    }

    /**
     * A listener without a hint asks for no keys, but a file that cannot be used is a fault also there, as in Mosquitto: who names
     * one wants keys to be asked for.
     *
     * @throws TlsFileException when there is a file and it cannot be used
     */
    static void check(Map<String, String> options) throws TlsFileException {
        String file = options.get(FILE);
        if (file != null) {
            PskTls.load(Path.of(file), "", null);
        }
    }

    private static GenerationRefusedException refused(String message) {
        return new GenerationRefusedException(Kind.CONFIGURATION, message);
    }

    @Override
    public void begin() {
        warnings.forEach(line -> surroundings.log().log(LogType.WARNING, line));
        surroundings.log().log(
                LogType.INFORMATION, "TLS of listener %s with pre-shared keys by BouncyCastle.".formatted(listener));
        if (options.containsKey(TlsOptions.KEYLOG)) {
            surroundings.log().log(
                    LogType.WARNING,
                    "Warning: Secrets of TLS connections of listener %s are not written: those with pre-shared keys are not told."
                            .formatted(listener));
        }
    }

    @Override
    public void install(Channel channel) {
        Arrival arrival = Arrival.of(channel);
        boolean names = Boolean.parseBoolean(options.get("use_identity_as_username"));
        HandshakeCount count = surroundings.count();
        Failure failure = new Failure(count);
        channel.pipeline().addLast("tls", tls.handler(agreement -> {
            count.complete();
            channel.pipeline().remove(failure);
            note(arrival, agreement, names);
        }));
        channel.pipeline().addLast("tls-greeting", failure);
    }

    /** Stands behind TLS until its handshake is over: counts one that comes to nothing. On the channel's loop. */
    private static final class Failure extends ChannelInboundHandlerAdapter {
        private final HandshakeCount count;
        private boolean counted;

        Failure(HandshakeCount count) {
            this.count = count;
        }

        private void count() {
            if (!counted) {
                counted = true;
                count.fail();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            count();
            ctx.fireExceptionCaught(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            count();
            ctx.fireChannelInactive();
        }
    }

    /** Keys are given to sound identities only. */
    private static void note(Arrival arrival, Agreement agreement, boolean namesUser) {
        TlsFacts facts = new TlsFacts(
                TlsFacts.Source.TLS,
                agreement.version(),
                agreement.cipher(),
                List.of(),
                null,
                null,
                agreement.identity());
        Peer known = arrival.peer();
        arrival.peer(new Peer(
                known.listener(),
                known.socket(),
                known.claimed(),
                facts,
                known.unix(),
                known.http(),
                namesUser ? agreement.identity() : null));
    }
}
