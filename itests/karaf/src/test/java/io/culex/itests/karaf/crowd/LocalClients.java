// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf.crowd;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.local.Authority;
import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;

/** As many clients inside the JVM as the system property says: a broker can have more of them than open files. Runs inside the container. */
public final class LocalClients {
    /** How many. */
    public static final String COUNT = "culex.test.clients";

    /** How their names begin. */
    public static final String PREFIX = "crowd-";

    private final List<LocalSession> sessions = new ArrayList<>();

    private record Unheard() implements LocalReceiver {
        @Override
        public void deliver(Delivery delivery) {
            delivery.done();
        }
    }

    /** Opens them. */
    public void activate(BundleContext bundle) {
        LocalSessions broker = bundle.getService(bundle.getServiceReference(LocalSessions.class));
        Peer peer = new Peer("crowd", null, null, null, null, null, null);
        int count = Integer.parseInt(bundle.getProperty(COUNT));
        for (int i = 0; i < count; i++) {
            String name = PREFIX + i;
            Authority user = new Authority.User(new Subject(name, null, peer));
            LocalSessionRequest request = new LocalSessionRequest(name, user, true, 0, 20);
            sessions.add(
                    broker.open(request, new Unheard()).toCompletableFuture().join());
        }
    }

    /** Closes them. */
    public void deactivate() {
        sessions.forEach(LocalSession::close);
    }
}
