// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalHookTest {
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @Test
    void runsTheActionAndGivesTheSignalBack() throws Exception {
        try (SignalHook outer = new SignalHook("USR2", () -> seen.add("outer"))) {
            try (SignalHook inner = new SignalHook("USR2", () -> seen.add("inner"))) {
                raise();
                assertEquals("inner", seen.poll(10, TimeUnit.SECONDS), inner::toString);
            }
            raise();
            assertEquals("outer", seen.poll(10, TimeUnit.SECONDS), outer::toString);
        }
    }

    private static void raise() throws Exception {
        String pid = String.valueOf(ProcessHandle.current().pid());
        Process kill = new ProcessBuilder("kill", "-USR2", pid).inheritIO().start();
        assertTrue(kill.waitFor(10, TimeUnit.SECONDS));
    }
}
