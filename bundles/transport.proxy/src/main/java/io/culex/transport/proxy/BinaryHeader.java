// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import io.culex.transport.proxy.ProxyHeader.TlsClaim;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Version 2: a binary header with extensions (SPEC G.2). Stateless. */
final class BinaryHeader {
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final int FIXED = 16;
    /** Mosquitto stops at 500; addresses of unix sockets and long names need more. */
    private static final int LONGEST = 4096;

    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UNIX = 0x31;
    private static final int UNIX_ADDRESSES = 216;

    private static final int SSL = 0x20;
    private static final int SSL_VERSION = 0x21;
    private static final int SSL_CN = 0x22;
    private static final int SSL_CIPHER = 0x23;

    private BinaryHeader() {}

    /** Takes the header out of the bytes; empty while they are too few. */
    static Optional<ProxyHeader> read(ByteBuf in) throws HeaderException {
        int start = in.readerIndex();
        int known = Math.min(SIGNATURE.length, in.readableBytes());
        for (int i = 0; i < known; i++) {
            if (in.getByte(start + i) != SIGNATURE[i]) {
                throw HeaderException.foreign("signature");
            }
        }
        if (in.readableBytes() < FIXED) {
            return Optional.empty();
        }
        int command = in.getUnsignedByte(start + 12);
        int family = in.getUnsignedByte(start + 13);
        int length = in.getUnsignedShort(start + 14);
        if ((command != LOCAL && command != PROXY) || length > LONGEST) {
            throw HeaderException.foreign("command");
        }
        if (command == PROXY && family != TCP4 && family != TCP6 && family != UNIX) {
            throw HeaderException.foreign("family");
        }
        if (in.readableBytes() < FIXED + length) {
            return Optional.empty();
        }
        in.skipBytes(FIXED);
        ByteBuf body = in.readSlice(length);
        return Optional.of(command == LOCAL ? ProxyHeader.LOCAL : body(family, body));
    }

    private static ProxyHeader body(int family, ByteBuf body) throws HeaderException {
        InetSocketAddress source =
                switch (family) {
                    case TCP4 -> source(body, 4);
                    case TCP6 -> source(body, 16);
                    default -> {
                        need(body, UNIX_ADDRESSES);
                        body.skipBytes(UNIX_ADDRESSES);
                        yield null;
                    }
                };
        return new ProxyHeader(true, source, tls(body));
    }

    /** The source's address; its target's and both ports go with it. */
    private static InetSocketAddress source(ByteBuf body, int bytes) throws HeaderException {
        need(body, 2 * bytes + 4);
        byte[] address = new byte[bytes];
        body.readBytes(address).skipBytes(bytes);
        int port = body.readUnsignedShort();
        body.skipBytes(2);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw HeaderException.corrupt("address");
        }
    }

    private static @Nullable TlsClaim tls(ByteBuf extensions) throws HeaderException {
        TlsClaim claim = null;
        while (extensions.isReadable()) {
            need(extensions, 3);
            int type = extensions.readUnsignedByte();
            ByteBuf value = value(extensions);
            if (type == SSL) {
                if (claim != null) {
                    throw HeaderException.corrupt("two of type SSL");
                }
                claim = claim(value);
            }
        }
        return claim;
    }

    private static TlsClaim claim(ByteBuf value) throws HeaderException {
        need(value, 5);
        int client = value.readUnsignedByte();
        long verify = value.readUnsignedInt();
        String version = null;
        String cipher = null;
        String name = null;
        while (value.isReadable()) {
            need(value, 3);
            int type = value.readUnsignedByte();
            ByteBuf text = value(value);
            switch (type) {
                case SSL_VERSION -> version = text(text);
                case SSL_CN -> name = text(text);
                case SSL_CIPHER -> cipher = text(text);
                default -> {
                    // Others say nothing that is asked for here.
                }
            }
        }
        return new TlsClaim(client, verify, version, cipher, name);
    }

    private static ByteBuf value(ByteBuf in) throws HeaderException {
        int length = in.readUnsignedShort();
        need(in, length);
        return in.readSlice(length);
    }

    /** Valid UTF-8 without NUL, so that no name passes for another. */
    private static String text(ByteBuf value) throws HeaderException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(value.nioBuffer())
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw HeaderException.corrupt("NUL");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw HeaderException.corrupt("text");
        }
    }

    private static void need(ByteBuf in, int bytes) throws HeaderException {
        if (in.readableBytes() < bytes) {
            throw HeaderException.corrupt("too short");
        }
    }
}
