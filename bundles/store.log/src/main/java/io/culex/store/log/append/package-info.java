// SPDX-License-Identifier: Apache-2.0
/** Adding to the end of the log, with a disk that may be full. */
@NullMarked
package io.culex.store.log.append;

import org.jspecify.annotations.NullMarked;
