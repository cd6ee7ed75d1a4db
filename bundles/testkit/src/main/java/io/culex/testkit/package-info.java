// SPDX-License-Identifier: Apache-2.0
/**
 * What tests of a broker need: an MQTT client that speaks byte by byte and judges each answer strictly, and broker
 * processes. It has its own encoder and decoder, so that a mistake of the broker's codec is not made twice.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
