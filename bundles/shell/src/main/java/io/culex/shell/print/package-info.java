// SPDX-License-Identifier: Apache-2.0
/** What commands print: tables, facts and JSON. */
@NullMarked
package io.culex.shell.print;

import org.jspecify.annotations.NullMarked;
