// SPDX-License-Identifier: Apache-2.0
/** Reads mosquitto.conf as SPEC A.1 says: text in, checked values or one error with its place out. No OSGi. */
@NullMarked
package io.culex.config.file;

import org.jspecify.annotations.NullMarked;
