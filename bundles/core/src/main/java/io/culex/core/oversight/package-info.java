// SPDX-License-Identifier: Apache-2.0
/** What an operator has forbidden, and what he watches. */
@NullMarked
package io.culex.core.oversight;

import org.jspecify.annotations.NullMarked;
