// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class StreamOutletTest {
    private static final int RELOADS = 500;

    @Test
    void noStreamIsLeftBehindByAGeneration() throws Exception {
        int before = streams();
        for (int i = 0; i < RELOADS; i++) {
            StreamOutlet.stderr().close();
            StreamOutlet.stdout().close();
        }
        int more = streams() - before;
        assertTrue(more < RELOADS / 10, more + " streams after " + RELOADS + " reloads");
    }

    /** How many there are that somebody holds; the machine collects before it counts. */
    private static int streams() throws JMException {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .toString()
                .lines()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> Arrays.asList(columns).contains(FileOutputStream.class.getName()))
                .mapToInt(columns -> Integer.parseInt(columns[1]))
                .sum();
    }
}
