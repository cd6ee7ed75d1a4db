// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

/**
 * Where sessions and retained messages are kept.
 *
 * @param enabled {@code persistence}
 * @param location folder; empty: the working directory
 * @param file {@code persistence_file}
 * @param sync {@code os} or {@code fsync}
 */
public record StorageSettings(boolean enabled, String location, String file, String sync) {}
