// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.culex.api.auth.AccessControl;
import io.culex.api.log.BrokerLog;
import io.culex.transport.PageReader;
import io.culex.transport.StaticFiles;
import java.util.Optional;

/**
 * What the connections of one listener share.
 *
 * @param access decides who may see what
 * @param views what the broker says of itself
 * @param reader reads files, which would block a loop
 * @param files of {@code http_dir}; empty without it
 * @param log where lines go
 * @param count of requests
 */
record Desk(
        AccessControl access,
        Views views,
        PageReader reader,
        Optional<StaticFiles> files,
        BrokerLog log,
        RequestCount count) {}
