// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code proxy_trusted_networks}: the addresses whose word about a client is believed. Immutable.
 *
 * @param networks at least one
 */
public record TrustedNetworks(List<Network> networks) {
    /** One block of addresses (RFC 4632): those whose first bits are these. */
    public record Network(String address, int bits) {
        private byte[] bytes() {
            return NetUtil.createByteArrayFromIpAddressString(address);
        }
    }

    public TrustedNetworks {
        networks = List.copyOf(networks);
    }

    /**
     * Out of addresses and blocks such as {@code 192.0.2.0/24}, separated by commas or blanks.
     *
     * @throws IllegalArgumentException when one is neither, with it as the message
     */
    public static TrustedNetworks parse(String list) {
        List<Network> networks = new ArrayList<>();
        for (String word : list.split("[,\\s]+", -1)) {
            if (!word.isEmpty()) {
                networks.add(network(word));
            }
        }
        if (networks.isEmpty()) {
            throw new IllegalArgumentException(list);
        }
        return new TrustedNetworks(networks);
    }

    private static Network network(String word) {
        String[] parts = word.split("/", -1);
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        if (bytes == null || parts.length > 2) {
            throw new IllegalArgumentException(word);
        }
        int all = bytes.length * 8;
        if (parts.length == 1) {
            return new Network(parts[0], all);
        }
        if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > all) {
            throw new IllegalArgumentException(word);
        }
        return new Network(parts[0], Integer.parseInt(parts[1]));
    }

    /** Whether an address is in one of them. */
    public boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        return networks.stream().anyMatch(network -> covers(network.bytes(), network.bits(), bytes));
    }

    private static boolean covers(byte[] network, int bits, byte[] address) {
        if (network.length != address.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(network, 0, whole, address, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((network[whole] ^ address[whole]) & 0xff) >> (8 - rest) == 0;
    }
}
