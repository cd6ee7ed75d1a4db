// SPDX-License-Identifier: Apache-2.0
/** The files of the log and their folder. */
@NullMarked
package io.culex.store.log.segment;

import org.jspecify.annotations.NullMarked;
