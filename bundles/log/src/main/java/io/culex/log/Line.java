// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import io.culex.api.log.LogType;

/** What was logged, before it is formatted: seconds since 1970 and the text. */
record Line(LogType type, long seconds, String text) implements Entry {}
