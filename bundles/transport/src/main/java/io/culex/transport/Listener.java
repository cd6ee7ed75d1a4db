// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.culex.api.config.ListenerSettings;
import java.net.SocketAddress;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** An open listener as endpoints see it. Every method may be called on any thread and does not block. */
@ProviderType
public interface Listener {
    /** Its name in the configuration. */
    String name();

    /** Its settings now: a commit replaces them while its connections stay, so do not keep them for longer than a packet. */
    ListenerSettings settings();

    /**
     * What it is bound to, one address per socket: {@link java.net.InetSocketAddress}, or
     * {@link java.net.UnixDomainSocketAddress}.
     */
    List<SocketAddress> addresses();

    /** Its TCP port as bound (also when the settings say 0: any free one); 0 for a unix socket. */
    int port();

    /** How many connections that came in here are open. */
    int connections();

    /** How many connections came in here since it was opened, those that were refused because of a limit included. */
    default long accepted() {
        return 0;
    }

    /** How many of them were refused because of {@code max_connections} or {@code global_max_connections}. */
    default long refused() {
        return 0;
    }
}
