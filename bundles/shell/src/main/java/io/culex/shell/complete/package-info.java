// SPDX-License-Identifier: Apache-2.0
/** What the tab key offers. */
@NullMarked
package io.culex.shell.complete;

import org.jspecify.annotations.NullMarked;
