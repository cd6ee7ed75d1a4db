// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

/** A packet to send, or one that was received and found correct. */
public sealed interface Packet
        permits Connect, Connack, Publish, Ack, Subscribe, Unsubscribe, Suback, Ping, Disconnect, Auth {
    /** Which. */
    PacketType type();

    /** All bytes of the packet, fixed header included; wrong where the test made it wrong. */
    byte[] encode(ProtocolVersion version);
}
