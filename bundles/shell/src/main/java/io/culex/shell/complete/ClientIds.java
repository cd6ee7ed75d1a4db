// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.complete;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.SessionInfo;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** The Client Identifiers that there are and that begin as the argument does, some of them. */
@Service
public final class ClientIds implements Completer {
    private static final int MOST = 200;
    private static final int SECONDS = 2;

    @Reference
    private BrokerAdmin admin;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        String begun = line.getCursorArgument() == null ? "" : line.getCursorArgument();
        return Words.offer(ids(begun), session, line, candidates);
    }

    private List<String> ids(String begun) {
        try {
            return admin.sessions().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS).stream()
                    .map(SessionInfo::clientId)
                    .filter(id -> id.startsWith(begun) && Words.isPlain(id))
                    .limit(MOST)
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            // Nothing to offer; the command itself will say why.
            return List.of();
        }
    }
}
