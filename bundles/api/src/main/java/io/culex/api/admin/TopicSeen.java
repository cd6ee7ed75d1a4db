// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.time.Instant;

/**
 * A topic that messages were published to since the start.
 *
 * @param topic the Topic Name, mount point included
 * @param count how many messages
 * @param lastClientId who published the last one
 * @param last when that was
 */
public record TopicSeen(String topic, long count, String lastClientId, Instant last) {}
