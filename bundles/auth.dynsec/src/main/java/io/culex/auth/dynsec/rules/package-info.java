// SPDX-License-Identifier: Apache-2.0
/** What a configuration says about one access, compiled for the hot path (SPEC D.3). */
@NullMarked
package io.culex.auth.dynsec.rules;

import org.jspecify.annotations.NullMarked;
