// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.config.BrokerSettings;
import io.culex.api.local.LocalSessions;
import io.culex.api.log.BrokerLog;
import io.culex.bridge.loop.Clockwork;
import io.culex.transport.DialRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What bridges need of the rest of the broker.
 *
 * @param sessions for their sessions here
 * @param dial for their connections
 * @param here gives the event loop that the caller runs on
 * @param broker its settings now
 * @param id its name in the paths of messages
 * @param log where lines go
 * @param random for waits
 */
record Surroundings(
        LocalSessions sessions,
        Dial dial,
        Supplier<Clockwork> here,
        Supplier<BrokerSettings> broker,
        Supplier<String> id,
        BrokerLog log,
        RandomGenerator random) {
    /** Opens a connection on the loop of a clockwork, as {@link io.culex.transport.Dialer} does. */
    interface Dial {
        CompletionStage<Channel> dial(DialRequest request, Clockwork clockwork, ChannelHandler handler);
    }
}
