// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.security.tls.TlsFileException;
import io.culex.transport.PipelineStage;
import io.netty.channel.Channel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A listener that has a {@code psk_file}, most often the global one, and no TLS: it asks for no keys, and its connections pass as they
 * are.
 */
final class UnaskedKeys implements PipelineStage.Prepared {
    /** Options that demand something of clients, which without TLS nobody would check. */
    private static final List<String> DEMANDS =
            List.of("crlfile", "require_certificate", "use_identity_as_username", "use_subject_as_username");

    /** Those of them that the PROXY protocol serves. */
    private static final Set<String> PROXIED = Set.of("require_certificate", "use_identity_as_username");

    private final List<String> warnings;
    private final BrokerLog log;

    private UnaskedKeys(List<String> warnings, BrokerLog log) {
        this.warnings = warnings;
        this.log = log;
    }

    static UnaskedKeys of(ListenerSettings settings, Surroundings surroundings)
            throws GenerationRefusedException, TlsFileException {
        Map<String, String> options = settings.stages();
        boolean proxied = options.containsKey("enable_proxy_protocol");
        for (String option : DEMANDS) {
            if (options.containsKey(option) && !(proxied && PROXIED.contains(option))) {
                throw new GenerationRefusedException(
                        Kind.CONFIGURATION,
                        "Error: Nothing serves the option '%s' of listener %s.".formatted(option, settings.name()));
            }
        }
        Path file = Path.of(Objects.requireNonNull(options.get(PskPassage.FILE)));
        return new UnaskedKeys(PskPassage.exposure(file), surroundings.log());
    }

    @Override
    public void install(Channel channel) {
        // Nothing stands between the socket and the protocol.
    }

    @Override
    public void begin() {
        warnings.forEach(line -> log.log(LogType.WARNING, line));
    }
}
