// SPDX-License-Identifier: Apache-2.0
/** Questions to the broker over {@code $CONTROL/broker/v1} (SPEC D.5). */
@Header(name = "Culex-Features", value = "culex-control-broker")
@NullMarked
package io.culex.control.broker;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
