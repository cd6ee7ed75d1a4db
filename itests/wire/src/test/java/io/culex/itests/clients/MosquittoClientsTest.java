// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's mosquitto_pub, mosquitto_sub and mosquitto_rr as clients. */
@ExtendWith(WireExtension.class)
class MosquittoClientsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void exchangeMessagesOfEveryQos(String version, Wire wire) {
        for (String qos : List.of("0", "1", "2")) {
            String topic = wire.topic("q" + qos);
            try (Tool sub = sub(wire, version, "-t", topic, "-q", qos, "-C", "2", "-F", "%q %t %p")) {
                sub.awaitSubscribed();
                pub(wire, version, "-t", topic, "-q", qos, "-m", "one");
                pub(wire, version, "-t", topic, "-q", qos, "-m", "two");
                assertEquals(List.of(qos + " " + topic + " one", qos + " " + topic + " two"), sub.messages());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void sendManyLinesInOrder(String version, Wire wire) {
        if (version.equals("mqttv5")) {
            wire.notMosquitto("sends more than its own client's Receive Maximum");
        }
        int count = 500;
        try (Tool sub = sub(wire, version, "-t", wire.topic("lines"), "-q", "2", "-C", Integer.toString(count))) {
            sub.awaitSubscribed();
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < count; i++) {
                lines.append("line ").append(i).append('\n');
            }
            Tool.run(
                    folder,
                    lines.toString(),
                    Tool.command("mosquitto_pub", wire, version, "-t", wire.topic("lines"), "-q", "2", "-l"));
            List<String> got = sub.messages();
            assertEquals(count, got.size());
            for (int i = 0; i < count; i++) {
                assertEquals("line " + i, got.get(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void findRetainedMessages(String version, Wire wire) {
        pub(wire, version, "-t", wire.topic("kept"), "-r", "-m", "kept");
        try (Tool sub = sub(wire, version, "-t", wire.topic("#"), "-C", "1", "-F", "%r %p")) {
            assertEquals(List.of("1 kept"), sub.messages());
        }
        pub(wire, version, "-t", wire.topic("kept"), "-r", "-n");
        try (Tool sub = sub(wire, version, "-t", wire.topic("#"), "-C", "1")) {
            sub.awaitSubscribed();
            pub(wire, version, "-t", wire.topic("other"), "-m", "nothing was kept");
            assertEquals(List.of("nothing was kept"), sub.messages());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void comeBackToTheirSession(String version, Wire wire) {
        String id = wire.id("sub");
        String[] session = version.equals("mqttv5") ? new String[] {"-x", "60"} : new String[0];
        String[] arguments = {"-t", wire.topic("a"), "-q", "1", "-c", "-i", id};
        try (Tool first = sub(wire, version, join(join(arguments, session), "-E"))) {
            first.awaitEnd();
        }
        pub(wire, version, "-t", wire.topic("a"), "-q", "1", "-m", "while you were away");
        try (Tool second = sub(wire, version, join(join(arguments, session), "-C", "1"))) {
            assertEquals(List.of("while you were away"), second.messages());
        }
    }

    @Test
    void seePropertiesOfVersion5(Wire wire) {
        String format = "%A|%C|%D|%E|%P|%R|%p";
        try (Tool sub = sub(wire, "mqttv5", "-t", wire.topic("a"), "-q", "1", "-C", "1", "-F", format)) {
            sub.awaitSubscribed();
            pub(
                    wire,
                    "mqttv5",
                    join(
                            new String[] {"-t", wire.topic("a"), "-q", "1", "-m", "hello"},
                            "-D",
                            "publish",
                            "content-type",
                            "text/plain",
                            "-D",
                            "publish",
                            "correlation-data",
                            "corr",
                            "-D",
                            "publish",
                            "response-topic",
                            "answer",
                            "-D",
                            "publish",
                            "message-expiry-interval",
                            "3600",
                            "-D",
                            "publish",
                            "user-property",
                            "name",
                            "value"));
            String line = sub.messages().get(0);
            assertTrue(line.matches("\\|text/plain\\|corr\\|(3600|3599)\\|name:value\\|answer\\|hello"), line);
        }
    }

    @Test
    void askAndAnswer(Wire wire) {
        try (Tool responder = sub(wire, "mqttv5", "-t", wire.topic("question"), "-C", "1", "-F", "%R")) {
            responder.awaitSubscribed();
            try (Tool rr = Tool.start(
                    folder,
                    Tool.command(
                            "mosquitto_rr",
                            wire,
                            "mqttv5",
                            "-t",
                            wire.topic("question"),
                            "-e",
                            wire.topic("answer"),
                            "-m",
                            "6 x 7?",
                            "-W",
                            "20"))) {
                String answerTo = responder.messages().get(0);
                assertEquals(wire.topic("answer"), answerTo);
                pub(wire, "mqttv5", "-t", answerTo, "-m", "42");
                assertTrue(rr.messages().contains("42"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void leaveAWill(String version, Wire wire) {
        try (Tool watcher = sub(wire, version, "-t", wire.topic("will"), "-C", "1")) {
            watcher.awaitSubscribed();
            try (Tool victim = sub(
                    wire,
                    version,
                    "-t",
                    wire.topic("x"),
                    "--will-topic",
                    wire.topic("will"),
                    "--will-payload",
                    "gone")) {
                victim.awaitSubscribed();
                victim.kill();
            }
            assertEquals(List.of("gone"), watcher.messages());
        }
    }

    private Tool sub(Wire wire, String version, String... arguments) {
        return Tool.start(folder, Tool.command("mosquitto_sub", wire, version, join(arguments, "-d", "-W", "15")));
    }

    private void pub(Wire wire, String version, String... arguments) {
        Tool.run(folder, "", Tool.command("mosquitto_pub", wire, version, arguments));
    }

    private static String[] join(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }
}
