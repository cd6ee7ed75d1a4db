// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The session of a {@link RelayReceiver}. Packet Identifiers are those of the connection beyond. Every method may be called from
 * any thread and does not block; on the session's loop it does its work at once.
 */
@ProviderType
public interface RelaySession extends LocalSession {
    /** From this Packet Identifier on none is ever used for a delivery: they are free for other packets. */
    int FREE_IDENTIFIERS = 0xFF00;

    /** Runs a task on the session's event loop: at once when called there, else later, in order. */
    void run(Runnable task);

    /**
     * Delivers retained messages: those of the filters in {@code fresh} all, of the other subscriptions those that changed while
     * the session had no link and could not wait in its queue. Completes when the last has been delivered; a session that
     * was found at the start of the broker does not know what changed, and takes everything of QoS 0 for changed.
     */
    CompletionStage<ReasonCode> sendRetained(Set<String> fresh);

    /**
     * A mark of the retained messages that the link has been given so far; -1 while some are owed to it or wait in the queue. On
     * the session's loop only.
     */
    long retainedMark();

    /**
     * The other end has proved that it has what the link was given before the mark was taken: {@link #sendRetained} of a later
     * link need not send it again. On the session's loop only.
     */
    void retainedThere(long mark);

    /** The other end has answered PUBREC: the message is its own now. {@link RelayReceiver#release} follows. */
    void received(int packetId);

    /** The other end has answered PUBACK (QoS 1) or PUBCOMP (QoS 2), or has refused the message. */
    void acknowledged(int packetId, QoS qos);

    /**
     * Publishes what came from the other end, at QoS 2 once for a Packet Identifier until {@link #release}. Completes when it
     * is kept and no receiver that fell behind asks to wait: only then it may be acknowledged.
     *
     * @param packetId of the PUBLISH; 0 unless it is of QoS 2
     */
    CompletionStage<ReasonCode> publish(Message message, int packetId);

    /** The other end has sent PUBREL; completes when that is kept: only then PUBCOMP may be sent. */
    CompletionStage<ReasonCode> release(int packetId);

    /** The other end does not know the session any more: its Packet Identifiers are free. */
    CompletionStage<ReasonCode> forgetUnreleased();

    /**
     * Adds to the broker's numbers of bytes and packets what has gone over the connection beyond since the last call; a bridge is
     * counted there as a client is. On the session's loop only. The arrays are read before it returns, and not changed.
     *
     * @param received how many packets of each type, at the number that the type has in a fixed header; 16 places
     * @param sent the same of those that were sent
     */
    void carried(long bytesReceived, long bytesSent, long[] received, long[] sent);
}
