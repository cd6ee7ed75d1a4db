// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import io.culex.api.log.BrokerLog;
import io.culex.transport.PageReader;
import io.culex.transport.StaticFiles;
import java.util.Optional;

/**
 * What the connections of one WebSocket listener share.
 *
 * @param log where lines go
 * @param count of requests
 * @param reader reads files, which would block a loop
 * @param files of {@code http_dir}; empty without it
 */
record Desk(BrokerLog log, RequestCount count, PageReader reader, Optional<StaticFiles> files) {}
