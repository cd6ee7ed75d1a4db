// SPDX-License-Identifier: Apache-2.0
/** An example of a plugin: asks a web server who may connect. Built against the API of the broker alone. */
@NullMarked
package io.culex.example.http;

import org.jspecify.annotations.NullMarked;
