// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The session here may be on another event loop than before. */
class HomeTest {
    private final World world = new World();

    private FakeClockwork elsewhere() {
        world.clockwork.here = false;
        world.current = new FakeClockwork();
        return world.current;
    }

    @Test
    void aSessionOnAnotherLoopIsLeftAndTheBridgeFollowsIt() {
        Bridge bridge = world.begin("local_cleansession true", "start_type once");
        FakeClockwork other = elsewhere();
        FakePeer peer = world.accept();
        assertFalse(peer.isOpen());
        assertFalse(peer.got().isEmpty());
        assertFalse(world.session().open);
        assertEquals(List.of("close"), world.session().calls);
        assertEquals(1, world.logged("its session is on another event loop"));
        world.clockwork.pass(30_000);
        // It is on that loop now.
        world.clockwork.beBusy();
        world.clockwork.here = false;
        other.here = true;
        world.accept();
        assertEquals(State.CONNECTED, bridge.status().state());
        assertTrue(world.session().receiver.isReady());
        other.beBusy();
        bridge.pause();
        assertEquals(State.CONNECTED, bridge.status().state());
        other.goOn();
        assertEquals(State.PAUSED, bridge.status().state());
    }

    @Test
    void whatWasToRunOnTheLoopBeforeFollows() {
        FakeClockwork before = new FakeClockwork();
        FakeClockwork after = new FakeClockwork();
        Home home = new Home();
        List<String> ran = new ArrayList<>();
        home.run(() -> ran.add("waited"));
        assertEquals(before, home.here(() -> before));
        assertEquals(List.of("waited"), ran);
        before.beBusy();
        home.run(() -> ran.add("late"));
        home.moveTo(after);
        after.beBusy();
        before.goOn();
        assertEquals(List.of("waited"), ran);
        after.goOn();
        assertEquals(List.of("waited", "late"), ran);
    }

    @Test
    void itGoesOnOnItsLoopWhenItIsReady() {
        world.begin();
        assertEquals(1, world.dialled.size());
        World busy = new World();
        busy.clockwork.beBusy();
        busy.begin();
        assertEquals(0, busy.dialled.size());
        busy.clockwork.goOn();
        assertEquals(1, busy.dialled.size());
    }

    @Test
    void theLastOfSeveralReloadsCountsAlsoBeforeThereIsASession() {
        CompletableFuture<?> mayOpen = new CompletableFuture<>();
        world.mayOpen = mayOpen;
        Bridge bridge = world.begin("address first:1");
        bridge.change(World.settings("address second:1"));
        bridge.change(World.settings("address third:1"));
        mayOpen.complete(null);
        assertEquals("third:1", world.lastDial().target());
        assertEquals("third", bridge.settings().addresses().get(0).host());
    }

    @Test
    void oneThatHasEndedTakesNoSettingsAndOpensNothing() {
        CompletableFuture<?> mayOpen = new CompletableFuture<>();
        world.mayOpen = mayOpen;
        Bridge bridge = world.begin();
        CompletableFuture<?> stopped = bridge.stop(false).toCompletableFuture();
        bridge.change(World.settings("address second:1"));
        mayOpen.complete(null);
        assertTrue(stopped.isDone());
        assertEquals(1, world.opened.size());
        assertEquals(List.of(), world.dialled);
    }
}
