// SPDX-License-Identifier: Apache-2.0
/** Giving space back. */
@NullMarked
package io.culex.store.log.clean;

import org.jspecify.annotations.NullMarked;
