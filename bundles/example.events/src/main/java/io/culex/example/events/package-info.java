// SPDX-License-Identifier: Apache-2.0
/** An example of an application in the same JVM: it knows events alone, and nothing of the broker. */
@NullMarked
package io.culex.example.events;

import org.jspecify.annotations.NullMarked;
