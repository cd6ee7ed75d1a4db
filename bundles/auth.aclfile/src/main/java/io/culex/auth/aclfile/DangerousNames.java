// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells once of each client that is refused for its names: it may try a million topics. Any thread; does not block. */
final class DangerousNames {
    private static final int REMEMBERED = 1000;

    private final BrokerLog log;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    DangerousNames(BrokerLog log) {
        this.log = log;
    }

    void tell(String clientId) {
        if (told.contains(clientId)) {
            return;
        }
        if (told.size() >= REMEMBERED) {
            told.clear();
        }
        told.add(clientId);
        log.log(LogType.NOTICE, "ACL denying access to client with dangerous client id \"" + clientId + "\"");
    }
}
