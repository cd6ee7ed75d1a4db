// SPDX-License-Identifier: Apache-2.0
/** Reading the log at the start. */
@NullMarked
package io.culex.store.log.recover;

import org.jspecify.annotations.NullMarked;
