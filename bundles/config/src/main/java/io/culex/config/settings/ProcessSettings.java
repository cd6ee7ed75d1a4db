// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * What concerns the process, for the launcher; not changed by a reload.
 *
 * @param user to become when started as root, or null: mosquitto, else nobody
 * @param pidFile to write, or null
 */
public record ProcessSettings(@Nullable String user, @Nullable String pidFile) {}
