// SPDX-License-Identifier: Apache-2.0
/** What differs between the native transport and the JDK's. */
@NullMarked
package io.culex.transport.socket;

import org.jspecify.annotations.NullMarked;
