// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.core.oversight.Oversight;
import io.culex.core.plugin.ControlTopics;
import io.culex.core.session.Services;

/** What connections need of the rest of the broker. */
record NetServices(
        Services services, LoopOf loops, ParkedConnections parked, ControlTopics controls, Oversight oversight) {}
