// SPDX-License-Identifier: Apache-2.0
/** The metrics of the broker and its plugins as retained messages under {@code $SYS/broker/} (SPEC E.1). */
@NullMarked
package io.culex.metrics.sys;

import org.jspecify.annotations.NullMarked;
