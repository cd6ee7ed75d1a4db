// SPDX-License-Identifier: Apache-2.0
/** A configuration as a person may see it. */
@NullMarked
package io.culex.config.view;

import org.jspecify.annotations.NullMarked;
