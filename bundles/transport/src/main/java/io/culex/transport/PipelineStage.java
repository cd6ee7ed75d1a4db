// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.netty.channel.Channel;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A stage between the socket and the protocol: PROXY header (order 100), TLS (200), WebSocket (300). A service
 * (whiteboard). What stays in a live pipeline must be a class of Netty, BouncyCastle, security.tls or this bundle, so that the
 * stage's own bundle can be replaced while its connections live.
 */
@ConsumerType
public interface PipelineStage {
    /** Position in the pipeline: lower is nearer to the socket. */
    int order();

    /** The options of {@link ListenerSettings#stages()} and {@link DialRequest#stages()} that it serves. */
    Set<String> options();

    /** Whether connections of such a listener pass it. */
    boolean appliesTo(ListenerSettings settings);

    /**
     * Loads and checks what connections of such a listener need. Without outward effect; may block on files; not called on an
     * event loop.
     *
     * @throws GenerationRefusedException when the options or their files cannot be used
     */
    Prepared prepare(ListenerSettings settings) throws GenerationRefusedException;

    /** Whether a connection outward passes it. */
    default boolean appliesTo(DialRequest request) {
        return false;
    }

    /**
     * The same as {@link #prepare(ListenerSettings)} for one connection outward.
     *
     * @throws GenerationRefusedException when the options or their files cannot be used
     */
    default Prepared prepare(DialRequest request) throws GenerationRefusedException {
        throw new GenerationRefusedException(
                GenerationRefusedException.Kind.CONFIGURATION, "Error: The stage does not serve connections outward.");
    }

    /** A stage that is ready for connections. Used on every event loop at once. */
    @ConsumerType
    interface Prepared {
        /**
         * Adds the stage's handlers at the end of the pipeline. Called once per connection on its event loop, before bytes are
         * read. An exception closes the connection. For an accepted channel {@link Arrival#of} gives its arrival.
         */
        void install(Channel channel);

        /** A listener uses it for new connections from now on. Any thread but an event loop; may come again after the end. */
        default void begin() {}

        /** No new connection passes it any more; those that did live on. Any thread but an event loop. */
        default void end() {}
    }
}
