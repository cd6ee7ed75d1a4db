// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.log.LogType;

/** A line for the log, kept until there is one. */
public record LogLine(LogType type, String text) {}
