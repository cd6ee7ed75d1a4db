// SPDX-License-Identifier: Apache-2.0
/** What {@code bin/culex} runs: checks the configuration, then starts Karaf with the broker in a folder of its own. */
@NullMarked
package io.culex.launch;

import org.jspecify.annotations.NullMarked;
