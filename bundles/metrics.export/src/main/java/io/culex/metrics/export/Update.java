// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

/**
 * One reading of all metrics in the form of a server; several, one behind the other, are one request.
 *
 * @param body its bytes; not changed by anyone
 * @param items how many things the server counts in it, lines for example
 */
public record Update(byte[] body, int items) {}
