// SPDX-License-Identifier: Apache-2.0
/** To whom new files belong. */
@NullMarked
package io.culex.cli.owner;

import org.jspecify.annotations.NullMarked;
