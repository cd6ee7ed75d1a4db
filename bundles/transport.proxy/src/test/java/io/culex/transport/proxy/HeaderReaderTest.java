// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import static io.culex.transport.proxy.Headers.CLIENT;
import static io.culex.transport.proxy.Headers.binary;
import static io.culex.transport.proxy.Headers.local;
import static io.culex.transport.proxy.Headers.message;
import static io.culex.transport.proxy.Headers.ssl;
import static io.culex.transport.proxy.Headers.tcp4;
import static io.culex.transport.proxy.Headers.text;
import static io.culex.transport.proxy.Headers.withExtensions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.TlsFacts;
import io.culex.api.config.GenerationRefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderReaderTest {
    private static final String[] REQUIRE_ALL = {
        "proxy_protocol_v2_require_tls", "true", "require_certificate", "true", "use_identity_as_username", "true"
    };

    @Test
    void takesTheAddressOfAClientAndWhatFollows() throws Exception {
        Door door = new Door("2").open().send(binary(tcp4(), "CONNECT"));
        assertEquals(CLIENT, door.arrival().peer().addressText());
        assertEquals(Door.PROXY, door.arrival().peer().socket());
        assertEquals("CONNECT", door.received.toString());
        assertFalse(door.arrival().isUnannounced());
        assertNull(door.channel().pipeline().get(HeaderReader.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void takesAHeaderThatIsCutAnywhere(String version) throws Exception {
        ByteBuf whole = version.equals("1")
                ? text("PROXY TCP6 2001:db8::9 ::1 51234 1883\r\nCONNECT")
                : binary(message(HAProxyProxiedProtocol.TCP6, "2001:db8::9", "::1"), "CONNECT");
        Door door = new Door(version).open();
        while (whole.isReadable()) {
            door.send(Unpooled.copiedBuffer(whole.readSlice(1)));
        }
        whole.release();
        assertEquals("[2001:db8::9]:51234".replace("[", "").replace("]", ""), plain(door));
        assertEquals("CONNECT", door.received.toString());
    }

    @Test
    void skipsTheAddressesOfUnixSocketsWhole() throws Exception {
        HAProxyMessage unix = new HAProxyMessage(
                HAProxyProtocolVersion.V2,
                HAProxyCommand.PROXY,
                HAProxyProxiedProtocol.UNIX_STREAM,
                "/run/client",
                "/run/proxy",
                0,
                0,
                List.of(ssl(1, 0, "device")));
        Door door =
                new Door("2", "proxy_protocol_v2_require_tls", "true").open().send(binary(unix, "CONNECT"));
        assertEquals("CONNECT", door.received.toString());
        assertNull(door.arrival().peer().claimed());
    }

    @Test
    void aProxyThatLooksWhetherTheBrokerIsWellLeavesNoLine() throws Exception {
        Door door = new Door("2", REQUIRE_ALL).open().send(local(""));
        door.channel().close();
        assertTrue(door.arrival().isUnannounced());
        assertEquals(List.of(), door.lines);
    }

    @Test
    void aHeaderWithNothingBehindItLeavesNoLineForFiveSeconds() throws Exception {
        Door door = new Door("1").open().send(text("PROXY TCP4 203.0.113.9 192.0.2.1 51234 1883\r\n"));
        assertTrue(door.arrival().isUnannounced());
        door.channel().advanceTimeBy(HeaderReader.LIMIT_SECONDS + 1, TimeUnit.SECONDS);
        door.channel().runScheduledPendingTasks();
        assertTrue(door.isOpen());
        assertFalse(door.arrival().isUnannounced());
        assertNull(door.channel().pipeline().get(HeaderReader.class));
    }

    @Test
    void aProxyMaySpeakForItself() throws Exception {
        Door door = new Door("2").open().send(local("CONNECT"));
        assertEquals("CONNECT", door.received.toString());
        assertEquals("10.0.0.1:4000", door.arrival().peer().addressText());
        assertFalse(door.arrival().isUnannounced());
    }

    @Test
    void aProxyThatSpeaksForItselfHasNoCertificateEither() throws Exception {
        Door door = new Door("2", "require_certificate", "true").open().send(local("CONNECT"));
        assertRefused(door, "Connection from 10.0.0.1:4000 rejected, client did not provide a certificate.");
    }

    @Test
    void tellsWhatTheProxySaysOfTls() throws Exception {
        Door door = new Door("2", REQUIRE_ALL).open().send(binary(tcp4(ssl(1 | 4, 0, "device")), "CONNECT"));
        TlsFacts tls = door.arrival().peer().tls();
        assertEquals(
                new TlsFacts(
                        TlsFacts.Source.PROXY, "TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of(), "device", null, null),
                tls);
        assertEquals("device", door.arrival().peer().identity());
        assertEquals(
                List.of("Connection from " + CLIENT + " negotiated TLSv1.3 cipher TLS_AES_256_GCM_SHA384"), door.lines);
    }

    @ParameterizedTest
    @CsvSource({"0", "2", "4"})
    void requiresTheBitOfTlsNotItsExtensionAlone(int bits) throws Exception {
        Door door = new Door("2", "proxy_protocol_v2_require_tls", "true")
                .open()
                .send(binary(tcp4(ssl(bits, 0, "device")), "CONNECT"));
        assertRefused(door, "Connection from " + CLIENT + " rejected, client did not connect using TLS.");
    }

    @ParameterizedTest
    @CsvSource({"1,0", "3,1", "5,19", "2,0", "4,0"})
    void requiresACertificateThatWasShownAndVerified(int bits, int verify) throws Exception {
        Door door = new Door("2", "require_certificate", "true")
                .open()
                .send(binary(tcp4(ssl(bits, verify, "device")), "CONNECT"));
        assertRefused(door, "Connection from " + CLIENT + " rejected, client did not provide a certificate.");
    }

    @Test
    void whoseCertificateHasNoNameHasNoIdentityByWhichTheBrokerRefusesHim() throws Exception {
        for (String name : Arrays.asList(null, "")) {
            Door door = new Door("2", REQUIRE_ALL).open().send(binary(tcp4(ssl(3, 0, name)), "CONNECT"));
            assertNull(door.arrival().peer().identity());
            assertEquals("CONNECT", door.received.toString());
            assertTrue(door.isOpen());
        }
    }

    @Test
    void anUnverifiedNameIsNoIdentity() throws Exception {
        Door door = new Door("2").open().send(binary(tcp4(ssl(1, 0, "admin")), "CONNECT"));
        assertNull(door.arrival().peer().identity());
        TlsFacts tls = door.arrival().peer().tls();
        assertNull(tls == null ? "none" : tls.commonName());
    }

    @Test
    void refusesWhatIsNoHeaderAtItsFirstByte() throws Exception {
        Door door = new Door("2").open().send(text("\u0010"));
        assertEquals("bad socket read/write: Invalid input", door.failures.toString());
        assertFalse(door.arrival().isUnannounced());
        assertFalse(door.isOpen());
    }

    @Test
    void refusesExtensionsThatDoNotFit() throws Exception {
        for (String tail : List.of("04", "040001", "20000401000000", "2000080100000000210005")) {
            Door door = new Door("2").open().send(withExtensions(tail));
            assertRefused(door, "Connection from 10.0.0.1:4000 rejected, corrupt PROXY header.");
        }
        Door door = new Door("2").open().send(withExtensions("2000090100000000210001310400020000"));
        assertEquals(List.of(), door.lines);
        assertTrue(door.isOpen());
    }

    @Test
    void takesHeadersFromTrustedProxiesAlone() throws Exception {
        Door other = new Door("2", "proxy_trusted_networks", "10.0.1.0/24").open();
        assertRefused(other, "Connection from 10.0.0.1:4000 rejected, it is no trusted proxy.");
        Door trusted =
                new Door("2", "proxy_trusted_networks", "10.0.0.0/24").open().send(binary(tcp4(), "CONNECT"));
        assertEquals("CONNECT", trusted.received.toString());
    }

    @Test
    void waitsForAHeaderForFiveSeconds() throws Exception {
        Door door = new Door("2").open().send(text("\r\n\r\n"));
        door.channel().advanceTimeBy(HeaderReader.LIMIT_SECONDS - 1, TimeUnit.SECONDS);
        door.channel().runScheduledPendingTasks();
        assertTrue(door.isOpen());
        door.channel().advanceTimeBy(2, TimeUnit.SECONDS);
        door.channel().runScheduledPendingTasks();
        assertRefused(door, "Connection from 10.0.0.1:4000 rejected, no PROXY header in 5 seconds.");
    }

    @Test
    void survivesAnyBytes() throws Exception {
        Random random = new Random(7);
        byte[] good = ByteBufUtil.getBytes(binary(tcp4(ssl(3, 0, "device")), "CONNECT"));
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Door door = new Door(round % 5 == 0 ? "1" : "2", "require_certificate", "false").open();
            door.send(Unpooled.wrappedBuffer(bytes, 0, random.nextInt(bytes.length + 1)));
            assertTrue(door.failures.length() < 100, door.failures::toString);
            door.channel().finishAndReleaseAll();
        }
    }

    @Test
    void refusesToCheckWhatVersion1DoesNotSay() throws Exception {
        assertEquals(
                "Error: Version 1 of the PROXY protocol says nothing of TLS, which listener 1883 requires.",
                refusal("1", "require_certificate", "true"));
        assertEquals(
                "Error: use_identity_as_username needs require_certificate on listener 1883.",
                refusal("2", "use_identity_as_username", "true"));
        assertEquals(
                "Error: Invalid 'proxy_trusted_networks' value (nonsense).",
                refusal("2", "proxy_trusted_networks", "10.0.0.1, nonsense"));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,false", "localhost,false", "::1,false", "192.0.2.1,true", "0.0.0.0,true"})
    void warnsWhereAnyoneMayPassForAProxy(String host, boolean warned) throws Exception {
        Door door = new Door("2");
        door.stage
                .prepare(Door.settings(host, Map.of("enable_proxy_protocol", "2")))
                .begin();
        assertEquals(warned ? 1 : 0, door.lines.size());
    }

    private static String refusal(String version, String... flags) throws Exception {
        Door door = new Door(version, flags);
        return String.valueOf(
                assertThrows(GenerationRefusedException.class, door::open).getMessage());
    }

    static void assertRefused(Door door, String line) {
        assertEquals(List.of(line), door.lines);
        assertEquals("", door.received.toString());
        assertTrue(door.arrival().isUnannounced());
        assertFalse(door.isOpen());
    }

    private static String plain(Door door) {
        InetSocketAddress claimed = door.arrival().peer().claimed();
        return claimed == null ? "none" : "2001:db8::9:" + claimed.getPort();
    }
}
