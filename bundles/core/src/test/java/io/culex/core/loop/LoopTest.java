// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopTest {
    private final InlineLoops loops = new InlineLoops(3);
    private final List<String> done = new ArrayList<>();

    private Delivered message(String name) {
        return receivers -> done.add(name + ">" + receivers);
    }

    @Test
    void handsOverOncePerIterationInOrder() {
        int before = loops.executed(1);
        loops.get(0).handOver(loops.get(1), message("a"), "x");
        loops.get(0).handOver(loops.get(2), message("b"), "y");
        loops.get(0).handOver(loops.get(1), message("c"), "z");
        loops.iterate(1);
        assertEquals(List.of(), done);
        loops.iterate(0);
        assertEquals(before + 1, loops.executed(1));
        loops.iterate(1);
        assertEquals(List.of("a>x", "c>z"), done);
        loops.iterate(2);
        assertEquals(List.of("a>x", "c>z", "b>y"), done);
    }

    @Test
    void keepsTheOrderOfEachSourceOverManyIterations() {
        for (int i = 0; i < 100; i++) {
            loops.get(0).handOver(loops.get(2), message("a" + i), "");
            loops.get(1).handOver(loops.get(2), message("b" + i), "");
            loops.iterate(i % 2);
            if (i % 7 == 0) {
                loops.iterate(2);
            }
        }
        loops.run();
        assertEquals(
                List.of(200, 100L, 100L),
                List.of(
                        done.size(),
                        done.stream().filter(name -> name.startsWith("a")).count(),
                        done.stream().filter(name -> name.startsWith("b")).count()));
        for (String source : List.of("a", "b")) {
            List<String> order =
                    done.stream().filter(name -> name.startsWith(source)).toList();
            for (int i = 0; i < 100; i++) {
                assertEquals(source + i + ">", order.get(i));
            }
        }
    }

    @Test
    void oneWakeUpIsOutstandingAtMost() {
        int before = loops.executed(2);
        for (int i = 0; i < 5; i++) {
            loops.get(0).handOver(loops.get(2), message("a"), "");
            loops.iterate(0);
            loops.get(1).handOver(loops.get(2), message("b"), "");
            loops.iterate(1);
        }
        assertEquals(before + 1, loops.executed(2));
        loops.iterate(2);
        assertEquals(10, done.size());
        loops.get(0).handOver(loops.get(2), message("a"), "");
        loops.run();
        assertEquals(before + 2, loops.executed(2));
        assertEquals(11, done.size());
    }

    @Test
    void flushesEachDirtyOutputOnceAtTheEndOfTheIteration() {
        loops.get(0).execute(() -> {
            loops.get(0).dirty(() -> done.add("first"));
            loops.get(0).dirty(() -> done.add("second"));
            done.add("task");
        });
        loops.get(0).execute(() -> done.add("other task"));
        loops.iterate(0);
        assertEquals(List.of("task", "other task", "first", "second"), done);
        loops.run();
        assertEquals(4, done.size());
    }

    @Test
    void anOutputThatLeavesIsNotFlushedAnyMore() {
        Flushable leaving = () -> done.add("left");
        loops.get(0).dirty(leaving);
        loops.get(0).dirty(() -> done.add("stays"));
        loops.get(0).clean(leaving);
        loops.get(0).clean(leaving);
        loops.run();
        assertEquals(List.of("stays"), done);
    }

    @Test
    void whatAFlushMakesDirtyOrHandsOverFollowsInTheNextRound() {
        loops.get(0).dirty(() -> {
            done.add("first");
            loops.get(0).dirty(() -> done.add("second"));
            loops.get(0).handOver(loops.get(1), message("will"), "");
        });
        loops.iterate(0);
        assertEquals(List.of("first"), done);
        loops.run();
        assertEquals(List.of("first", "second", "will>"), done);
    }

    @Test
    void aFlushThatFailsHarmsNobodyElse() {
        for (int i = 0; i < 2; i++) {
            loops.get(0).dirty(() -> {
                throw new IllegalStateException("a flush of the test fails");
            });
            loops.get(0).dirty(() -> done.add("flushed"));
            loops.run();
        }
        assertEquals(List.of("flushed", "flushed"), done);
    }

    @Test
    void aDeliveryThatFailsHarmsNobodyElse() {
        for (int i = 0; i < 10_000; i++) {
            loops.get(0)
                    .handOver(
                            loops.get(1),
                            i == 3
                                    ? receivers -> {
                                        throw new IllegalStateException("a delivery of the test fails");
                                    }
                                    : message(""),
                            "");
        }
        loops.iterate(0);
        assertTrue(loops.get(1).isBehind());
        loops.run();
        assertEquals(9_999, done.size());
        assertFalse(loops.get(1).isBehind());
    }

    @Test
    void anErrorOfOneDeliveryLeavesTheRestOfItsBatch() {
        loops.get(0).handOver(loops.get(1), message("first"), "");
        loops.get(0).handOver(loops.get(1), receivers -> machineFails(), "");
        loops.get(0).handOver(loops.get(1), message("last"), "");
        loops.run();
        assertEquals(List.of("first>", "last>"), done);
    }

    @Test
    void anErrorOfOneFlushLeavesTheOthers() {
        loops.get(0).dirty(LoopTest::machineFails);
        loops.get(0).dirty(() -> done.add("flushed"));
        loops.run();
        assertEquals(List.of("flushed"), done);
    }

    private static void machineFails() {
        throw new InternalError("of the test");
    }

    @Test
    void whatHasBeenHandedOverCanBeTakenOverBeforeItsTurn() {
        loops.get(0).handOver(loops.get(1), message("a"), "");
        loops.iterate(0);
        loops.get(1).takeOver();
        assertEquals(List.of("a>"), done);
        loops.get(0).handOver(loops.get(1), message("b"), "");
        loops.run();
        assertEquals(List.of("a>", "b>"), done);
        assertFalse(loops.get(1).isBehind());
    }

    @Test
    void aLoopIsBehindByBytesToo() {
        Delivered large = new Delivered() {
            @Override
            public void deliver(Object receivers) {
                done.add("large");
            }

            @Override
            public int weight() {
                return 1 << 20;
            }
        };
        for (int i = 0; i < 17; i++) {
            assertFalse(loops.get(1).isBehind());
            loops.get(0).handOver(loops.get(1), large, "");
            loops.iterate(0);
        }
        assertTrue(loops.get(1).isBehind());
        loops.run();
        assertEquals(17, done.size());
        assertFalse(loops.get(1).isBehind());
    }

    @Test
    void aDeliveryThatTakesOverTheRestKeepsTheOrder() {
        loops.get(0).handOver(loops.get(2), receivers -> loops.get(2).takeOver(), "");
        loops.get(0).handOver(loops.get(2), message("a"), "");
        loops.get(1).handOver(loops.get(2), message("b"), "");
        loops.iterate(0);
        loops.iterate(1);
        loops.iterate(2);
        assertEquals(List.of("a>", "b>"), done);
    }

    @Test
    void runIsImmediateOnTheLoop() {
        loops.get(0).run(() -> done.add("now"));
        assertEquals(List.of("now"), done);
    }

    @Test
    void everySessionHasAPlaceThatDependsOnItsNameOnly() {
        int[] used = new int[3];
        for (int i = 0; i < 3_000; i++) {
            Loop loop = loops.loops().spread("client" + i);
            assertEquals(loop, loops.loops().spread("client" + i));
            used[loop.index()]++;
        }
        for (int count : used) {
            assertTrue(count > 500, "a loop got " + count + " of 3000");
        }
    }
}
