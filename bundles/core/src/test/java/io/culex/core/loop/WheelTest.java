// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WheelTest {
    private final FakeClock clock = new FakeClock();
    private final Wheel wheel = new Wheel(clock);
    private final List<String> fired = new ArrayList<>();

    private Timer timer(String name, Runnable also) {
        return new Timer() {
            @Override
            protected void expired() {
                fired.add(name);
                also.run();
            }
        };
    }

    private Timer timer(String name) {
        return timer(name, () -> {});
    }

    private void pass(long millis) {
        clock.pass(Duration.ofMillis(millis));
        wheel.advance();
    }

    @Test
    void firesInTheTickAfterItsTimeAndOnlyOnce() {
        Timer timer = timer("a");
        wheel.arm(timer, 1000);
        assertTrue(timer.isArmed());
        pass(999);
        assertEquals(List.of(), fired);
        pass(251);
        assertEquals(List.of("a"), fired);
        assertFalse(timer.isArmed());
        assertEquals(0, wheel.armed());
        pass(1_000_000);
        assertEquals(List.of("a"), fired);
    }

    @Test
    void isNeverEarlyAndAtMostTwoTicksLate() {
        Random random = new Random(7);
        List<Long> due = new ArrayList<>();
        List<Long> at = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            long millis = random.nextInt(4) == 0 ? random.nextInt(900_000) : random.nextInt(3_000);
            due.add(clock.millis() + millis);
            at.add(0L);
            int number = i;
            wheel.arm(timer("t", () -> at.set(number, clock.millis())), millis);
            pass(random.nextInt(40));
        }
        while (wheel.armed() > 0) {
            pass(Wheel.TICK_MILLIS);
        }
        for (int i = 0; i < due.size(); i++) {
            long late = at.get(i) - due.get(i);
            assertTrue(late >= 0 && late <= 3 * Wheel.TICK_MILLIS, i + " was " + late + " ms late");
        }
    }

    @Test
    void firesWhatIsFurtherAwayThanOneTurn() {
        wheel.arm(timer("a"), 3_600_000);
        for (int i = 0; i < 14_399; i++) {
            pass(250);
        }
        assertEquals(List.of(), fired);
        pass(500);
        assertEquals(List.of("a"), fired);
    }

    @Test
    void catchesUpAfterALongPause() {
        for (int i = 0; i < 50; i++) {
            wheel.arm(timer("t"), i * 20_000L);
        }
        wheel.arm(timer("later"), 3_000_000);
        pass(2_000_000);
        assertEquals(50, fired.size());
        assertEquals(1, wheel.armed());
        pass(2_000_000);
        assertEquals("later", fired.get(50));
    }

    @Test
    void aTimerThatIsArmedAgainFiresAtItsNewTime() {
        Timer timer = timer("a");
        wheel.arm(timer, 500);
        wheel.arm(timer, 5_000);
        assertEquals(1, wheel.armed());
        pass(4_900);
        assertEquals(List.of(), fired);
        wheel.disarm(timer);
        wheel.disarm(timer);
        pass(10_000);
        assertEquals(List.of(), fired);
        assertEquals(0, wheel.armed());
    }

    @Test
    void aTimerMayArmItselfWhileItFires() {
        Timer[] self = new Timer[1];
        self[0] = timer("a", () -> wheel.arm(self[0], 1_000));
        wheel.arm(self[0], 0);
        for (int i = 0; i < 40; i++) {
            pass(250);
        }
        assertTrue(fired.size() >= 7 && fired.size() <= 10, fired.size() + " times");
        assertEquals(1, wheel.armed());
    }

    @Test
    void aTimerMayDisarmOneThatIsDueWithIt() {
        Timer victim = timer("victim");
        Timer later = timer("later");
        Timer killer = timer("killer", () -> {
            wheel.disarm(victim);
            wheel.arm(later, 1_000);
        });
        wheel.arm(killer, 100);
        wheel.arm(victim, 100);
        wheel.arm(later, 100);
        pass(1_000);
        assertEquals(List.of("killer"), fired);
        pass(2_000);
        assertEquals(List.of("killer", "later"), fired);
        assertEquals(0, wheel.armed());
    }

    @Test
    void oneThatFailsDoesNotStopTheOthers() {
        wheel.arm(
                timer("bad", () -> {
                    throw new IllegalStateException("a timer of the test fails");
                }),
                100);
        wheel.arm(timer("good"), 100);
        pass(1_000);
        assertEquals(List.of("bad", "good"), fired);
    }

    @Test
    void anErrorOfOneTimerLeavesTheOthers() {
        wheel.arm(
                timer("bad", () -> {
                    throw new InternalError("of the test");
                }),
                100);
        wheel.arm(timer("good"), 100);
        pass(1_000);
        assertEquals(List.of("bad", "good"), fired);
    }

    @Test
    void tellsTheCoarseTime() {
        pass(1_130);
        assertEquals(4, wheel.tick());
        assertEquals(clock.millis(), wheel.tickMillis());
        clock.pass(Duration.ofMillis(500));
        assertEquals(4, wheel.tick());
    }
}
