// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers as proxies send them: version 2 as Netty writes it. */
final class Headers {
    static final String CLIENT = "203.0.113.9:51234";

    private Headers() {}

    static HAProxyMessage tcp4(HAProxyTLV... extensions) {
        return message(HAProxyProxiedProtocol.TCP4, "203.0.113.9", "192.0.2.1", extensions);
    }

    static HAProxyMessage message(
            HAProxyProxiedProtocol protocol, String source, String target, HAProxyTLV... extensions) {
        return new HAProxyMessage(
                HAProxyProtocolVersion.V2,
                HAProxyCommand.PROXY,
                protocol,
                source,
                target,
                51234,
                1883,
                List.of(extensions));
    }

    static HAProxySSLTLV ssl(int client, int verify, @Nullable String name) {
        List<HAProxyTLV> inner = new ArrayList<>(List.of(
                new HAProxyTLV(HAProxyTLV.Type.PP2_TYPE_SSL_VERSION, text("TLSv1.3")),
                new HAProxyTLV((byte) 0x23, text("TLS_AES_256_GCM_SHA384"))));
        if (name != null) {
            inner.add(new HAProxyTLV(HAProxyTLV.Type.PP2_TYPE_SSL_CN, text(name)));
        }
        return new HAProxySSLTLV(verify, (byte) client, inner);
    }

    static ByteBuf local(String tail) {
        return Unpooled.wrappedBuffer(
                Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("0d0a0d0a000d0a515549540a20000000")), text(tail));
    }

    static ByteBuf withExtensions(String hex) {
        String addresses = "cb007109c0000201c822075b";
        int length = (addresses.length() + hex.length()) / 2;
        return Unpooled.wrappedBuffer(
                ByteBufUtil.decodeHexDump("0d0a0d0a000d0a515549540a2111%04x".formatted(length) + addresses + hex));
    }

    static ByteBuf binary(HAProxyMessage message, String tail) {
        EmbeddedChannel encoder = new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
        encoder.writeOutbound(message);
        ByteBuf whole = Unpooled.buffer();
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            whole.writeBytes(part);
            part.release();
        }
        encoder.finish();
        return whole.writeBytes(text(tail));
    }

    static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
