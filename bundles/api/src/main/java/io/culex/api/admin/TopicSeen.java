// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.time.Instant;

/** A topic that messages were published to since the start. */
public record TopicSeen(String topic, long count, String lastClientId, Instant last) {}
