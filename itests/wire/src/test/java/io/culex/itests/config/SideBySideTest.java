// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private static final String OPEN = "user root\nallow_anonymous true\nlistener {port} 127.0.0.1\n";

    @Test
    void severalBrokersOfOneInstallationKnowNothingOfEachOther() {
        Assume.notExternal();
        try (BrokerProcess first = BrokerProcess.start(OPEN);
                BrokerProcess second = BrokerProcess.start(OPEN)) {
            WireClient one = Clients.v5(first, "same-id");
            WireClient two = Clients.v5(second, "same-id");
            one.subscribe("a", 1);
            two.subscribe("a", 1);
            one.publish("a", "one", 1);
            two.publish("a", "two", 1);
            one.acknowledge(one.expectPublish("one"));
            two.acknowledge(two.expectPublish("two"));
            assertEquals(0, first.stop());
            two.publish("a", "after", 1);
            two.acknowledge(two.expectPublish("after"));
            assertEquals(0, second.stop());
        }
    }

    /** What one wrote there while it is killed would be torn for all. */
    @Test
    void aBrokerWritesNothingIntoWhatTheyShare() throws IOException {
        Assume.notExternal();
        Map<Path, List<Object>> before = settings();
        try (BrokerProcess broker = BrokerProcess.start(OPEN)) {
            Clients.v5(broker, "one");
            assertEquals(before, settings());
            assertEquals(0, broker.stop());
        }
        assertEquals(before, settings());
    }

    private static Map<Path, List<Object>> settings() throws IOException {
        Map<Path, List<Object>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(BrokerKind.assembly().resolve("etc"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(file, List.of(Files.getLastModifiedTime(file), Files.readString(file)));
            }
        }
        return found;
    }
}
