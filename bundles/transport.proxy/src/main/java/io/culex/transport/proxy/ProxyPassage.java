// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import io.culex.api.config.ListenerSettings;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.transport.Arrival;
import io.culex.transport.PipelineStage;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;

/** The PROXY protocol of one listener. */
final class ProxyPassage implements PipelineStage.Prepared {
    private final ListenerSettings settings;
    private final ProxyOptions options;
    private final BrokerLog log;
    private final HeaderCount count;

    ProxyPassage(ListenerSettings settings, ProxyOptions options, BrokerLog log, HeaderCount count) {
        this.settings = settings;
        this.options = options;
        this.log = log;
        this.count = count;
    }

    @Override
    public void install(Channel channel) {
        Arrival.of(channel).unannounced(true);
        channel.pipeline().addLast("proxy-header", new HeaderReader(options, log, count));
    }

    @Override
    public void begin() {
        if (options.trusted() == null && isReachable(settings.binding())) {
            log.log(
                    LogType.WARNING,
                    ("Warning: Listener %s takes PROXY headers from anyone who reaches it. Set proxy_trusted_networks,"
                                    + " or let nobody but the proxy reach it.")
                            .formatted(settings.name()));
        }
    }

    /** Whether other machines may reach it, as far as the configuration says. */
    private static boolean isReachable(ListenerSettings.Binding binding) {
        String host = binding.host();
        if (binding.unixPath() != null) {
            return false;
        }
        boolean loopback = host != null
                && (host.equalsIgnoreCase("localhost")
                        || host.equals("::1")
                        || (NetUtil.isValidIpV4Address(host) && host.startsWith("127.")));
        return !loopback;
    }
}
