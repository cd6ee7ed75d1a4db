// SPDX-License-Identifier: Apache-2.0
package io.culex.api.log;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The broker's log as mosquitto.conf directs it. A service. Control characters in a line are escaped by the log. Every
 * method may be called on an event loop and does not block: when a destination cannot keep up, lines are dropped and counted.
 */
@ProviderType
public interface BrokerLog {
    /** Whether lines of that type go anywhere; ask before building a line on a hot path. */
    boolean enabled(LogType type);

    /** Whether connects and disconnects are to be logged ({@code connection_messages}). */
    boolean connectionMessages();

    /** Writes one line, without time and line end. */
    void log(LogType type, String line);
}
