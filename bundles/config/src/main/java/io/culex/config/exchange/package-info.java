// SPDX-License-Identifier: Apache-2.0
/** Installs, updates, swaps and removes bundles of plugins by hand, one at a time. */
@NullMarked
package io.culex.config.exchange;

import org.jspecify.annotations.NullMarked;
