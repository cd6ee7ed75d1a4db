// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import io.culex.api.log.BrokerLog;
import java.time.Clock;

/**
 * What all TLS listeners share.
 *
 * @param log where lines go
 * @param watch looks at their files
 * @param count of handshakes
 * @param clock for the expiry of certificates
 */
record Surroundings(BrokerLog log, FileWatch watch, HandshakeCount count, Clock clock) {}
