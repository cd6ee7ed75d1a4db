// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

/**
 * One use of an option that is part of a feature.
 *
 * @param option which
 * @param keyword its spelling in the file
 * @param value in its normal form
 * @param place where
 */
public record Setting(Option option, String keyword, String value, Place place) {}
