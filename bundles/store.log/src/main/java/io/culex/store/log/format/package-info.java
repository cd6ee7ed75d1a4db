// SPDX-License-Identifier: Apache-2.0
/** Bytes of the log: records and headers. */
@NullMarked
package io.culex.store.log.format;

import org.jspecify.annotations.NullMarked;
