// SPDX-License-Identifier: Apache-2.0
/** Makes a configuration, checked whole, out of what {@code file} has read, the command line and the environment. No OSGi. */
@NullMarked
package io.culex.config.settings;

import org.jspecify.annotations.NullMarked;
