// SPDX-License-Identifier: Apache-2.0
/** Makes the components that a generation needs, make before break: their configurations, and the bundles of plugin lines that name jars. */
@NullMarked
package io.culex.config.provision;

import org.jspecify.annotations.NullMarked;
