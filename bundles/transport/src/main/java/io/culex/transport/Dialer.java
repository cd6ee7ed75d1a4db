// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Opens connections outward through the same stages as listeners have. A service. */
@ProviderType
public interface Dialer {
    /**
     * Opens a connection. Does not block; may be called on any thread.
     *
     * @param request where to
     * @param loop the event loop of the new channel
     * @param handler stands at the end of the pipeline, behind the stages; added before the channel is active
     * @return completes on the loop with the connected channel; exceptionally with an {@link java.io.IOException} when no
     *     address could be reached in time, or with {@link io.culex.api.config.GenerationRefusedException} when a stage refuses
     */
    CompletionStage<Channel> dial(DialRequest request, EventLoop loop, ChannelHandler handler);
}
