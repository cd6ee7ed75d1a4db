// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

/**
 * A factory configuration that was made.
 *
 * @param provision for whom
 * @param generation in which
 * @param origin by which run
 * @param pid its own
 */
record Made(Provision provision, long generation, String origin, String pid) {}
