// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Version 1: one line of text (SPEC G.3). Stateless. */
final class TextHeader {
    private static final int LONGEST = 107;
    private static final byte[] START = "PROXY ".getBytes(StandardCharsets.US_ASCII);

    private TextHeader() {}

    /** Takes the header out of the bytes; empty while they are too few. */
    static Optional<ProxyHeader> read(ByteBuf in) throws HeaderException {
        int known = Math.min(START.length, in.readableBytes());
        for (int i = 0; i < known; i++) {
            if (in.getByte(in.readerIndex() + i) != START[i]) {
                throw HeaderException.corrupt("no PROXY line");
            }
        }
        int end = in.indexOf(in.readerIndex(), Math.min(in.writerIndex(), in.readerIndex() + LONGEST), (byte) '\n');
        if (end < 0) {
            if (in.readableBytes() >= LONGEST) {
                throw HeaderException.corrupt("line too long");
            }
            return Optional.empty();
        }
        String line = in.readCharSequence(end - in.readerIndex() + 1, StandardCharsets.ISO_8859_1)
                .toString();
        if (!line.endsWith("\r\n")) {
            throw HeaderException.corrupt("line without CR");
        }
        return Optional.of(parse(line.substring(START.length, line.length() - 2)));
    }

    private static ProxyHeader parse(String fields) throws HeaderException {
        if (fields.equals("UNKNOWN") || fields.startsWith("UNKNOWN ")) {
            return ProxyHeader.LOCAL;
        }
        String[] words = fields.split(" ", -1);
        if (words.length != 5 || !(words[0].equals("TCP4") || words[0].equals("TCP6"))) {
            throw HeaderException.corrupt("fields");
        }
        boolean ipv6 = words[0].equals("TCP6");
        address(words[2], ipv6);
        port(words[4]);
        return new ProxyHeader(true, new InetSocketAddress(address(words[1], ipv6), port(words[3])), null);
    }

    private static InetAddress address(String word, boolean ipv6) throws HeaderException {
        boolean valid = ipv6
                ? NetUtil.isValidIpV6Address(word) && word.indexOf('%') < 0 && word.indexOf('[') < 0
                : NetUtil.isValidIpV4Address(word);
        if (!valid) {
            throw HeaderException.corrupt("address");
        }
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(word));
        } catch (UnknownHostException e) {
            throw HeaderException.corrupt("address");
        }
    }

    private static int port(String word) throws HeaderException {
        if (!word.matches("[1-9]\\d{0,4}") || Integer.parseInt(word) > 65535) {
            throw HeaderException.corrupt("port");
        }
        return Integer.parseInt(word);
    }
}
