// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;

/**
 * Which TCP addresses stand in each other's way on one port: the same one twice, and a specific one beside the wildcard of
 * its family (SPEC Z.12).
 *
 * @param dualStack whether an IPv6 wildcard covers IPv4 too
 */
record Neighbours(boolean dualStack) {
    /** Whether one of the others overlaps the address. */
    boolean overlap(InetSocketAddress address, Collection<InetSocketAddress> others) {
        return others.stream().anyMatch(other -> overlap(address, other));
    }

    /** Whether both cannot be bound in the ordinary way. Port 0 is never in the way: it means any free one. */
    boolean overlap(InetSocketAddress one, InetSocketAddress other) {
        if (one.getPort() != other.getPort() || one.getPort() == 0) {
            return false;
        }
        InetAddress a = one.getAddress();
        InetAddress b = other.getAddress();
        return a.equals(b) || covers(a, b) || covers(b, a);
    }

    private boolean covers(InetAddress wildcard, InetAddress address) {
        boolean wildcard6 = wildcard instanceof Inet6Address;
        return wildcard.isAnyLocalAddress()
                && (wildcard6 == (address instanceof Inet6Address) || (dualStack && wildcard6));
    }
}
