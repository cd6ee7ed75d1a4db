// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

/**
 * What else the record of a message carries.
 *
 * @param session the sender's session when {@code packetId} is to be remembered; else 0
 * @param packetId the Packet Identifier of a QoS 2 PUBLISH; else 0
 * @param retainedVersion the version of the change when it is the topic's retained message from now on; else 0
 */
public record Origin(long session, int packetId, long retainedVersion) {
    /** Nothing else. */
    public static final Origin NONE = new Origin(0, 0, 0);
}
