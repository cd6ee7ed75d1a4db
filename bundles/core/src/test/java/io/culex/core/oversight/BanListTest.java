// SPDX-License-Identifier: Apache-2.0
package io.culex.core.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Ban;
import io.culex.api.admin.Operation.RefusedException;
import io.culex.core.loop.FakeClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BanListTest {
    private final FakeClock clock = new FakeClock();
    private final BanList bans = new BanList(clock);

    private Ban ban(Ban.Kind kind, String value, Duration time) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        return new Ban(kind, value, "", now, time.isZero() ? null : now.plus(time));
    }

    private void add(Ban.Kind kind, String value) throws RefusedException {
        bans.add(ban(kind, value, Duration.ZERO));
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void looksAtIdUserAndAddress() throws Exception {
        add(Ban.Kind.ID, "bad id");
        add(Ban.Kind.USER, "eve");
        add(Ban.Kind.ADDRESS, "192.0.2.7");
        assertTrue(bans.forbids("bad id", null, null));
        assertTrue(bans.forbids("x", "eve", null));
        assertTrue(bans.forbids("x", null, address("192.0.2.7")));
        assertFalse(bans.forbids("eve", "bad id", address("192.0.2.8")));
        assertFalse(bans.forbids("x", null, null));
    }

    @Test
    void aBlockOfAddressesIsABan() throws Exception {
        add(Ban.Kind.ADDRESS, "192.0.2.0/25");
        add(Ban.Kind.ADDRESS, "2001:db8::/32");
        assertTrue(bans.forbids("x", null, address("192.0.2.127")));
        assertFalse(bans.forbids("x", null, address("192.0.2.128")));
        assertTrue(bans.forbids("x", null, address("2001:db8:1::1")));
        assertTrue(bans.lift(Ban.Kind.ADDRESS, "192.0.2.0/25"));
        assertFalse(bans.forbids("x", null, address("192.0.2.127")));
    }

    @Test
    void whatIsNoAddressIsRefusedByName() {
        RefusedException refused = assertThrows(RefusedException.class, () -> add(Ban.Kind.ADDRESS, "somewhere"));
        assertTrue(String.valueOf(refused.getMessage()).contains("'somewhere'"), refused.getMessage());
        assertThrows(RefusedException.class, () -> add(Ban.Kind.ADDRESS, "192.0.2.1,192.0.2.2"));
        assertFalse(bans.lift(Ban.Kind.ADDRESS, "somewhere"));
    }

    @Test
    void endsByItself() throws Exception {
        bans.add(ban(Ban.Kind.ID, "c", Duration.ofMinutes(1)));
        clock.pass(Duration.ofSeconds(59));
        assertTrue(bans.forbids("c", null, null));
        clock.pass(Duration.ofSeconds(1));
        assertFalse(bans.forbids("c", null, null));
        assertEquals(List.of(), bans.all());
        assertFalse(bans.lift(Ban.Kind.ID, "c"));
    }

    @Test
    void oneThatMeansTheSameIsReplaced() throws Exception {
        bans.add(ban(Ban.Kind.ADDRESS, "::1", Duration.ofMinutes(1)));
        add(Ban.Kind.ADDRESS, "0:0:0:0:0:0:0:1");
        assertEquals(1, bans.all().size());
        clock.pass(Duration.ofHours(1));
        assertTrue(bans.forbids("x", null, address("::1")));
    }

    @Test
    void theirNumberIsBounded() throws Exception {
        for (int i = 0; i < BanList.CAPACITY; i++) {
            bans.add(ban(Ban.Kind.ID, "c" + i, Duration.ofMinutes(1)));
        }
        assertThrows(RefusedException.class, () -> add(Ban.Kind.ID, "one more"));
        add(Ban.Kind.ID, "c0");
        clock.pass(Duration.ofMinutes(1));
        add(Ban.Kind.ID, "one more");
        assertEquals(2, bans.all().size());
    }
}
