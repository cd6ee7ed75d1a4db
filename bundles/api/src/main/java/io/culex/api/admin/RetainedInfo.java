// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What there is to see of one retained message.
 *
 * @param topic its Topic Name, mount point included
 * @param bytes of its payload
 * @param qos the level it was published at
 * @param publisher the client that published it, or null when that was the broker or is not known any more
 * @param expires when it ends, or null: never
 */
public record RetainedInfo(String topic, int bytes, int qos, @Nullable String publisher, @Nullable Instant expires) {}
