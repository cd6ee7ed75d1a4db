// SPDX-License-Identifier: Apache-2.0
/** Brings configurations into force, each whole or not at all; knows the framework by {@code Host} alone. On the admin thread. */
@NullMarked
package io.culex.config.generation;

import org.jspecify.annotations.NullMarked;
