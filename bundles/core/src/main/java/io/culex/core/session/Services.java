// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.log.BrokerLog;
import io.culex.core.loop.Loops;
import io.culex.core.plugin.Current;
import io.culex.core.plugin.Observers;
import io.culex.core.route.Router;

/** What sessions and links need of the rest of the broker. */
public record Services(
        Loops loops, Router router, Directory directory, Current current, Observers observers, BrokerLog log) {}
