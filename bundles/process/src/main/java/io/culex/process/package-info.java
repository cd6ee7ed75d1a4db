// SPDX-License-Identifier: Apache-2.0
/** The broker's process as the machine sees it: signals, and what the service manager is told. */
@NullMarked
package io.culex.process;

import org.jspecify.annotations.NullMarked;
