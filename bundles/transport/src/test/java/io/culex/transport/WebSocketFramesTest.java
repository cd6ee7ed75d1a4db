// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketFramesTest {
    private static final byte[] MASK = {1, 2, 3, 4};

    private final StringBuilder failures = new StringBuilder();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new WebSocketFrames(), new ChannelInboundHandlerAdapter() {
                @Override
                public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                    failures.append(cause.getMessage());
                    ctx.close();
                }
            });

    @Test
    void joinsBinaryMessagesAndTheirFragmentsToOneStream() {
        channel.writeInbound(frame(0x02, "CON"), frame(0x00, "NE"), frame(0x80, "CT"), frame(0x82, "PUBLISH"));
        assertEquals("CONNECTPUBLISH", inbound());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "125", "126", "65535", "65536", "200000"})
    void takesFramesOfEveryLengthCutAnywhere(int length) {
        String text = "x1y2z".repeat(length / 5 + 1).substring(0, length);
        ByteBuf whole = frame(0x82, text);
        Random random = new Random(length);
        while (whole.isReadable()) {
            int part = Math.min(whole.readableBytes(), length < 200 ? 1 : random.nextInt(1, 3000));
            channel.writeInbound(Unpooled.copiedBuffer(whole.readSlice(part)));
        }
        whole.release();
        assertEquals(text, inbound());
    }

    @ParameterizedTest
    @CsvSource({"1,8201", "125,827d", "126,827e007e", "65535,827effff", "65536,827f0000000000010000"})
    void writesBinaryFrames(int length, String start) {
        channel.writeOutbound(Unpooled.copiedBuffer("a".repeat(length), StandardCharsets.US_ASCII));
        String sent = outbound();
        assertTrue(sent.startsWith(start), sent);
        assertTrue(sent.endsWith("61".repeat(length)));
    }

    @Test
    void answersPingsAlsoBetweenFragments() {
        channel.writeInbound(frame(0x02, "a"), frame(0x89, "hello"), frame(0x8a, "unasked"), frame(0x80, "b"));
        assertEquals("ab", inbound());
        assertEquals("8a05" + hex("hello"), outbound());
    }

    @Test
    void answersACloseWithItsCodeAndCloses() {
        channel.writeInbound(Unpooled.wrappedBuffer(frame(0x88, "\u0003\u00e9")), frame(0x82, "too late"));
        assertEquals("880203e9", outbound());
        assertEquals("", inbound());
        assertFalse(channel.isOpen());
    }

    @ParameterizedTest
    @CsvSource({
        "'',1000", "03e8,1000", "03eb,1003", "03ef,1007", "03f6,1014", "0bb8,3000", "1387,4999", "03e96279652e,1001",
        "03,1002", "0000,1002", "03e7,1002", "03ec,1002", "03ed,1002", "03ee,1002", "03f7,1002", "03f8,1002",
        "0bb7,1002", "1388,1002", "ffff,1002"
    })
    void answersACloseWhoseCodeNobodyMaySendAsAMistake(String payload, int code) {
        channel.writeInbound(frame(0x88, new String(ByteBufUtil.decodeHexDump(payload), StandardCharsets.ISO_8859_1)));
        assertEquals("8802%04x".formatted(code), outbound());
        assertFalse(channel.isOpen());
    }

    @Test
    void leavesTheEndAfterACloseToAnEndpointThatReadsOnWhatItHolds() {
        List<Object> events = new ArrayList<>();
        EmbeddedChannel half = new HalfOpen(new WebSocketFrames(), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                events.add(((ByteBuf) message).toString(StandardCharsets.ISO_8859_1));
                ctx.fireChannelRead(message);
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                events.add(event);
            }
        });
        half.writeInbound(frame(0x82, "PUBLISH"), frame(0x88, "\u0003\u00e9"), frame(0x82, "too late"));
        assertEquals(List.of("PUBLISH", ChannelInputShutdownEvent.INSTANCE), events);
        assertTrue(half.isOpen());
        half.close();
        assertFalse(half.isOpen());
        ByteBuf answer = half.readOutbound();
        assertEquals("880203e9", ByteBufUtil.hexDump(answer));
        answer.release();
        assertNull(half.readOutbound());
        half.finishAndReleaseAll();
    }

    /** A channel whose endpoint has asked for half-open connections. */
    private static final class HalfOpen extends EmbeddedChannel {
        HalfOpen(ChannelHandler... handlers) {
            super(handlers);
        }

        @Override
        public ChannelConfig config() {
            return new DefaultChannelConfig(this) {
                @Override
                @SuppressWarnings("unchecked")
                public <T> T getOption(ChannelOption<T> option) {
                    return option.equals(ChannelOption.ALLOW_HALF_CLOSURE) ? (T) Boolean.TRUE : super.getOption(option);
                }
            };
        }
    }

    @Test
    void saysGoodbyeWhenTheBrokerCloses() {
        channel.close();
        assertEquals("880203e8", outbound());
        assertFalse(channel.isOpen());
    }

    @ParameterizedTest
    @CsvSource({
        "c281,1002,reserved bits",
        "8301,1002,an unmasked frame",
        "838100000000,1002,an unknown opcode",
        "8b8000000000,1002,an unknown opcode",
        "808000000000,1002,a continuation of nothing",
        "098000000000,1002,a control frame too long",
        "89fe007e00000000,1002,a control frame too long",
        "82ff800000000000000000000000,1002,a length below zero",
        "89ff800000000000000000000000,1002,a control frame too long",
        "818000000000,1003,a text message",
        "028000000000828000000000,1002,a message inside another"
    })
    void endsWithACodeWhatBreaksTheRules(String bytes, int code, String words) {
        channel.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(bytes + "0".repeat(28))));
        assertEquals("8802%04x".formatted(code), outbound());
        assertEquals("WebSocket protocol error: " + words, failures.toString());
        assertFalse(channel.isOpen());
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            EmbeddedChannel victim = new EmbeddedChannel(new WebSocketFrames(), new ChannelInboundHandlerAdapter() {
                @Override
                public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                    failures.append(cause.getMessage()).append('\n');
                }
            });
            for (int part = 0; part < 3; part++) {
                byte[] bytes = new byte[random.nextInt(1, 40)];
                random.nextBytes(bytes);
                if (random.nextBoolean()) {
                    bytes[0] = (byte) 0x82;
                }
                if (victim.isOpen()) {
                    victim.writeInbound(Unpooled.wrappedBuffer(bytes));
                }
            }
            victim.finishAndReleaseAll();
        }
        assertEquals(
                List.of(),
                failures.toString()
                        .lines()
                        .filter(line -> !line.startsWith("WebSocket protocol error: "))
                        .toList());
        assertTrue(failures.length() > 0);
    }

    private static ByteBuf frame(int firstByte, String text) {
        byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuf frame = Unpooled.buffer().writeByte(firstByte);
        if (payload.length <= 125) {
            frame.writeByte(0x80 | payload.length);
        } else if (payload.length <= 0xffff) {
            frame.writeByte(0x80 | 126).writeShort(payload.length);
        } else {
            frame.writeByte(0x80 | 127).writeLong(payload.length);
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.writeByte(payload[i] ^ MASK[i % 4]);
        }
        return frame;
    }

    private String inbound() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            text.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return text.toString();
    }

    private String outbound() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(ByteBufUtil.hexDump(part));
            part.release();
        }
        return text.toString();
    }

    private static String hex(String text) {
        return ByteBufUtil.hexDump(text.getBytes(StandardCharsets.US_ASCII));
    }
}
