// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class EarlyHangupTest {
    /** Lives until a signal ends it. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            EarlyHangup.endure();
            System.out.println("began");
            System.in.read();
        }
    }

    private static String folderOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    @Test
    void doesNotEndTheProcess() throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        folderOf(Program.class) + ":" + folderOf(EarlyHangup.class),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            assertEquals('b', process.getInputStream().read());
            for (String signal : List.of("-HUP", "-TERM")) {
                String pid = String.valueOf(process.pid());
                assertEquals(0, new ProcessBuilder("kill", signal, pid).start().waitFor());
            }
            // Of two signals that wait the JVM takes the lower one first: by SIGHUP it would have been 129.
            assertEquals(128 + 15, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
    }
}
