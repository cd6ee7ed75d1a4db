// SPDX-License-Identifier: Apache-2.0
/** Reading records back. */
@NullMarked
package io.culex.store.log.read;

import org.jspecify.annotations.NullMarked;
