// SPDX-License-Identifier: Apache-2.0
/** The broker. */
@NullMarked
package io.culex.core;

import org.jspecify.annotations.NullMarked;
