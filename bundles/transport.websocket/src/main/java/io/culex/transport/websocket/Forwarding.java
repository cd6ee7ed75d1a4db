// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import io.culex.transport.TrustedNetworks;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** For whom trusted proxies have passed a request on: {@code X-Forwarded-For}. Stateless. */
final class Forwarding {
    private static final Pattern ADDRESS =
            Pattern.compile("\\[([0-9a-fA-F:.]+)](?::(\\d{1,5}))?|([0-9.]+)(?::(\\d{1,5}))?|([0-9a-fA-F:.]+)");

    private Forwarding() {}

    /**
     * The client's address: the last one that no trusted proxy has. What stands before it, the client may have written itself.
     *
     * @param socket who sent the request
     * @return null when the socket's is the client's; the port is 0 when it is not said
     */
    static @Nullable InetSocketAddress client(
            HttpHeaders headers, @Nullable InetSocketAddress socket, TrustedNetworks trusted) {
        if (socket == null || !trusted.contain(socket.getAddress())) {
            return null;
        }
        List<String> words =
                List.of(String.join(",", headers.getAll("X-Forwarded-For")).split(",", -1));
        InetSocketAddress client = null;
        for (int i = words.size() - 1; i >= 0; i--) {
            InetSocketAddress hop = address(words.get(i).strip());
            if (hop == null) {
                return client;
            }
            client = hop;
            if (!trusted.contain(hop.getAddress())) {
                return client;
            }
        }
        return client;
    }

    private static @Nullable InetSocketAddress address(String word) {
        Matcher matcher = ADDRESS.matcher(word);
        if (!matcher.matches()) {
            return null;
        }
        String host = first(matcher, 1, 3, 5);
        String port = first(matcher, 2, 4);
        byte[] bytes = host == null ? null : NetUtil.createByteArrayFromIpAddressString(host);
        int number = port == null ? 0 : Integer.parseInt(port);
        if (bytes == null || number > 65535) {
            return null;
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), number);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static @Nullable String first(Matcher matcher, int... groups) {
        for (int group : groups) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return null;
    }
}
