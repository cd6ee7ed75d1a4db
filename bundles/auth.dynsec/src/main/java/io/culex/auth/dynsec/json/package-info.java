// SPDX-License-Identifier: Apache-2.0
/** JSON that comes from outside: read strictly, members looked up by name and type. */
@NullMarked
package io.culex.auth.dynsec.json;

import org.jspecify.annotations.NullMarked;
