// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

import io.culex.api.local.QueueRules;

/**
 * The bridge's session in this broker.
 *
 * @param clientId {@code local_clientid}
 * @param cleanStart {@code local_cleansession}: nothing is queued while the connection is down
 * @param queue limits of its queue
 * @param resendRetained whether each new connection gets all retained messages, not only those that changed
 */
public record Local(String clientId, boolean cleanStart, QueueRules queue, boolean resendRetained) {}
