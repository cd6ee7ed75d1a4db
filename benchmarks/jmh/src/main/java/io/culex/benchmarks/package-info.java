// SPDX-License-Identifier: Apache-2.0
/** Benchmarks of single parts, each beside a peer that does the same work in the same run. */
@NullMarked
package io.culex.benchmarks;

import org.jspecify.annotations.NullMarked;
