// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells once of each client that is refused for its names: it may try a million topics. Any thread; does not block. */
final class DangerousNames {
    private static final int REMEMBERED = 1000;

    /** Of a longer name the beginning is enough: a thousand of 64 kB would take more than all else. */
    private static final int LONGEST = 256;

    private final BrokerLog log;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    DangerousNames(BrokerLog log) {
        this.log = log;
    }

    void tell(String clientId) {
        String known = clientId.length() <= LONGEST ? clientId : clientId.substring(0, LONGEST);
        if (told.contains(known)) {
            return;
        }
        if (told.size() >= REMEMBERED) {
            told.clear();
        }
        told.add(known);
        log.log(LogType.NOTICE, "ACL denying access to client with dangerous client id \"" + clientId + "\"");
    }
}
