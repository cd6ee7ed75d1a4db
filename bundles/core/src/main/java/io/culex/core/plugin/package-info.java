// SPDX-License-Identifier: Apache-2.0
/** The broker's side of the plugin seams: which plugins there are, and who is asked. */
@NullMarked
package io.culex.core.plugin;

import org.jspecify.annotations.NullMarked;
