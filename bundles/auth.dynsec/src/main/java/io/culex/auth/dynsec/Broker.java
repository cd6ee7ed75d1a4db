// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.SessionInfo;
import io.culex.api.log.LogType;
import io.culex.api.log.SwitchableLog;
import io.culex.api.message.ReasonCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The broker's connections, as far as there is a broker. Any thread. */
final class Broker {
    private static final int PATIENCE_SECONDS = 5;

    private final SwitchableLog log;
    private volatile @Nullable BrokerAdmin admin;

    Broker(SwitchableLog log) {
        this.log = log;
    }

    void use(BrokerAdmin service) {
        admin = service;
    }

    void drop(BrokerAdmin service) {
        if (admin == service) {
            admin = null;
        }
    }

    SwitchableLog log() {
        return log;
    }

    /** Ends the connections of these users; does not block. Wills are not published (SPEC D.3). */
    void expel(Set<String> usernames, boolean anonymous) {
        BrokerAdmin now = admin;
        if (now == null || (usernames.isEmpty() && !anonymous)) {
            return;
        }
        now.expel(session -> isMeant(session.username(), usernames, anonymous), ReasonCode.ADMINISTRATIVE_ACTION)
                .exceptionally(failure -> {
                    log.log(LogType.ERROR, "Error: dynsec: Clients could not be disconnected: " + failure);
                    return 0;
                });
    }

    private static boolean isMeant(@Nullable String username, Set<String> usernames, boolean anonymous) {
        return username == null ? anonymous : usernames.contains(username);
    }

    /** By user name, the addresses from which they are connected, without ports. Blocks, bounded; not on an event loop. */
    Map<String, List<String>> connections() {
        BrokerAdmin now = admin;
        if (now == null) {
            return Map.of();
        }
        try {
            Map<String, List<String>> found = new HashMap<>();
            for (SessionInfo session : now.sessions().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                String username = session.username();
                String address = session.address();
                if (username != null && address != null) {
                    found.computeIfAbsent(username, name -> new ArrayList<>()).add(withoutPort(address));
                }
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        } catch (ExecutionException | TimeoutException e) {
            log.log(LogType.WARNING, "Warning: dynsec: The broker does not say who is connected: " + e);
            return Map.of();
        }
    }

    private static String withoutPort(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }
}
