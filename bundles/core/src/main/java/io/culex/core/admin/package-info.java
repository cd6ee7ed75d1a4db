// SPDX-License-Identifier: Apache-2.0
/** What an operator and an exporter see of the broker. */
@NullMarked
package io.culex.core.admin;

import org.jspecify.annotations.NullMarked;
