// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import io.culex.api.message.Payload;
import java.time.Instant;

/**
 * One packet or event that a trace shows.
 *
 * @param at when
 * @param clientId whose
 * @param text what, in the words of the log; may have control characters that came from the client
 * @param payload as much of it as was asked for; empty otherwise
 */
public record TraceLine(Instant at, String clientId, String text, Payload payload) {}
