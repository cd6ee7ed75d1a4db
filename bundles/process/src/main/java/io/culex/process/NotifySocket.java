// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.process.UnixDatagrams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The service manager behind {@code NOTIFY_SOCKET}. While there is nothing to send datagrams with, what it is to know waits; of
 * that, the last word counts. Any thread; does not block.
 */
final class NotifySocket {
    private final @Nullable String socket;
    private final BrokerLog log;
    private @Nullable UnixDatagrams datagrams;
    private @Nullable String owed;

    /** At a socket; null: there is none, and nothing is sent. */
    NotifySocket(@Nullable String socket, BrokerLog log) {
        this.socket = socket;
        this.log = log;
    }

    boolean isThere() {
        return socket != null;
    }

    /** Sends by that from now on, and what waits at once. */
    synchronized void use(UnixDatagrams service) {
        datagrams = service;
        String waiting = owed;
        owed = null;
        if (waiting != null) {
            tell(waiting);
        }
    }

    /** It is gone; nothing happens when another one is used already. */
    synchronized void drop(UnixDatagrams service) {
        if (datagrams == service) {
            datagrams = null;
        }
    }

    /** Says how the broker is, now or when that can be sent. */
    synchronized void tell(String state) {
        if (datagrams == null) {
            owed = state;
        } else {
            send(datagrams, state);
        }
    }

    /** Gives a sign of life, which would be of no use later. */
    synchronized void feed() {
        if (datagrams != null) {
            send(datagrams, "WATCHDOG=1");
        }
    }

    private void send(UnixDatagrams by, String state) {
        if (socket == null) {
            return;
        }
        try {
            by.send(socket, state.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.log(LogType.WARNING, "Warning: The service manager cannot be told " + state + ": " + e.getMessage());
        }
    }
}
