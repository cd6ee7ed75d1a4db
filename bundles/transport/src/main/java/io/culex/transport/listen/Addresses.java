// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Family;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which addresses the TCP binding of a listener means (SPEC A.2, A.4). Blocks while a name is resolved. */
final class Addresses {
    /** What {@code localhost} means whatever a machine's tables say (RFC 6761, section 6.3). */
    private static final byte[][] LOOPBACK = {{127, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

    private Addresses() {}

    /**
     * All of them, at least one.
     *
     * @throws GenerationRefusedException when there is none, with the reason
     */
    static List<InetAddress> of(Binding binding) throws GenerationRefusedException {
        String device = binding.bindInterface();
        List<InetAddress> named = named(binding.host());
        List<InetAddress> chosen = device == null ? named : ofInterface(device, binding, named);
        List<InetAddress> fitting = chosen.stream()
                .filter(a -> fits(a, binding.family()))
                .distinct()
                .toList();
        if (fitting.isEmpty()) {
            throw refused("Error creating listener: Address family for hostname not supported.", null);
        }
        return fitting;
    }

    private static List<InetAddress> named(@Nullable String host) throws GenerationRefusedException {
        try {
            if (host == null) {
                return List.of(InetAddress.getByAddress(new byte[4]), InetAddress.getByAddress(new byte[16]));
            }
            if (host.equalsIgnoreCase("localhost")) {
                return List.of(InetAddress.getByAddress(LOOPBACK[0]), InetAddress.getByAddress(LOOPBACK[1]));
            }
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw refused("Error creating listener: Name or service not known.", e);
        }
    }

    /** The addresses of an interface: with a host only those that are the host's too. */
    private static List<InetAddress> ofInterface(String device, Binding binding, List<InetAddress> named)
            throws GenerationRefusedException {
        List<InetAddress> own =
                addressesOf(device).filter(a -> fits(a, binding.family())).toList();
        if (own.isEmpty()) {
            String family = binding.family() == Family.IPV6 ? "IPv6" : "IPv4";
            throw refused("Error: Interface %s does not support %s configuration.".formatted(device, family), null);
        }
        if (binding.host() == null) {
            return own;
        }
        List<InetAddress> both = named.stream().filter(own::contains).toList();
        if (both.isEmpty()) {
            throw refused(
                    "Error: Interface address for %s does not match specified listener address (%s)."
                            .formatted(device, binding.host()),
                    null);
        }
        return both;
    }

    private static Stream<InetAddress> addressesOf(String device) throws GenerationRefusedException {
        try {
            NetworkInterface found = NetworkInterface.getByName(device);
            if (found == null) {
                throw refused("Error: Interface %s does not exist.".formatted(device), null);
            }
            return found.inetAddresses();
        } catch (SocketException e) {
            throw refused("Error: Unable to read the addresses of interface %s.".formatted(device), e);
        }
    }

    private static boolean fits(InetAddress address, Family family) {
        return switch (family) {
            case ANY -> true;
            case IPV4 -> address instanceof Inet4Address;
            case IPV6 -> address instanceof Inet6Address;
        };
    }

    private static GenerationRefusedException refused(String message, @Nullable Exception cause) {
        return cause == null
                ? new GenerationRefusedException(Kind.SYSTEM, message)
                : new GenerationRefusedException(Kind.SYSTEM, message, cause);
    }
}
