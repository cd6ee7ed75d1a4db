// SPDX-License-Identifier: Apache-2.0
package io.culex.api.process;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends to unix datagram sockets, which the JDK has no class for: the system's log and the service manager listen on
 * them. A service that is there when the machine has such sockets.
 */
@ProviderType
public interface UnixDatagrams {
    /**
     * Sends one datagram. Any thread; does not block.
     *
     * @param path of the receiver's socket; a leading {@code @} means the abstract name space, as in sd_notify(3)
     * @throws IOException when nobody listens there, or the receiver cannot keep up
     */
    void send(String path, byte[] datagram) throws IOException;
}
