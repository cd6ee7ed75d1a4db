// SPDX-License-Identifier: Apache-2.0
/** What {@code bin/culex_ctrl} runs: administers a running broker, as {@code mosquitto_ctrl} does (SPEC D.6). */
@NullMarked
package io.culex.cli.ctrl;

import org.jspecify.annotations.NullMarked;
