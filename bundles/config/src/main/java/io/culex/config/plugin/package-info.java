// SPDX-License-Identifier: Apache-2.0
/** The plugins that a file asks for: which feature or jar a line names, and the files that are part of what a plugin is. No OSGi. */
@NullMarked
package io.culex.config.plugin;

import org.jspecify.annotations.NullMarked;
