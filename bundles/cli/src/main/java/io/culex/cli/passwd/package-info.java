// SPDX-License-Identifier: Apache-2.0
/** What {@code bin/culex_passwd} runs: password files from the command line, as {@code mosquitto_passwd} (SPEC B.4). */
@NullMarked
package io.culex.cli.passwd;

import org.jspecify.annotations.NullMarked;
