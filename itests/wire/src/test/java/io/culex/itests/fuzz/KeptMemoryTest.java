// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.fuzz;

import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.WireWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Bad bytes leave nothing behind: neither on the Java heap nor in buffers outside it. */
class KeptMemoryTest {
    private static final int CONNECTIONS = 400;
    private static final int ROUNDS = 5;
    private static final long HEAP_SLACK = 512 * 1024;

    /** One chunk of the buffer pool for each event loop. */
    private static final long NATIVE_SLACK = 4 << 20;

    private static final Pattern HEAP_USED = Pattern.compile("generation\\s+total \\d+K, used (\\d+)K");
    private static final Pattern BUFFERS = Pattern.compile("Other \\(reserved=(\\d+)KB");

    private final Random random = new Random(5);

    /** What a broker holds. */
    private record Memory(long heap, long buffers) {}

    @Test
    void afterManyAttacksTheBrokerHoldsWhatItHeldAfterOne() throws Exception {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "asks a JVM");
        try (BrokerProcess broker = BrokerProcess.prepare(BrokerKind.CULEX)) {
            broker.configure(
                    """
                    user root
                    allow_anonymous true
                    connection_messages false
                    listener {port} 127.0.0.1
                    """);
            broker.run(
                    Map.of("CULEX_OPTS", "-XX:NativeMemoryTracking=summary"),
                    "-c",
                    broker.configuration().toString());
            broker.awaitReady();
            // What comes first loads classes, fill pools and find out what is hot.
            for (int i = 0; i < 2; i++) {
                attackAll(broker);
            }
            Memory before = rested(broker);
            for (int i = 0; i < ROUNDS; i++) {
                attackAll(broker);
            }
            Memory after = rested(broker);
            assertTrue(
                    after.heap() - before.heap() < HEAP_SLACK,
                    "heap grew by " + (after.heap() - before.heap()) + " bytes in " + ROUNDS + " rounds");
            assertTrue(
                    after.buffers() - before.buffers() < NATIVE_SLACK,
                    "buffers grew by " + (after.buffers() - before.buffers()) + " bytes in " + ROUNDS + " rounds");
        }
    }

    private void attackAll(BrokerProcess broker) {
        List<Packet> packets = Attack.packets(name -> "t/" + name);
        for (int i = 0; i < CONNECTIONS; i++) {
            Packet packet = packets.get(i % packets.size());
            byte[] bytes = packet.encode(V5);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Attack.on(broker.address(), packet.type() != PacketType.CONNECT, bytes);
        }
        byte[] huge = new WireWriter()
                .u8(0x30)
                .variable(1_900_000)
                .bytes(new byte[200_000])
                .toBytes();
        for (int i = 0; i < 20; i++) {
            Attack.on(broker.address(), true, huge);
        }
    }

    /** When every connection is gone and the garbage with it. */
    private static Memory rested(BrokerProcess broker) throws Exception {
        Await.until("connections to end", () -> established(broker) == 0);
        ask(broker, "GC.run");
        return new Memory(
                kilobytes(HEAP_USED, ask(broker, "GC.heap_info")),
                kilobytes(BUFFERS, ask(broker, "VM.native_memory", "summary")));
    }

    private static long established(BrokerProcess broker) {
        String port = String.format(":%04X", broker.address().getPort());
        try {
            return Files.readAllLines(Path.of("/proc/net/tcp")).stream()
                    .map(line -> line.trim().split("\\s+"))
                    .filter(columns -> columns.length > 3 && columns[1].endsWith(port) && columns[3].equals("01"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sum of everything that the pattern finds, in bytes. */
    private static long kilobytes(Pattern pattern, String text) {
        long sum = 0;
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            sum += Long.parseLong(matcher.group(1)) * 1024;
        }
        assertTrue(sum > 0, text);
        return sum;
    }

    private static String ask(BrokerProcess broker, String... question) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(broker.pid())));
        command.addAll(List.of(question));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), answer);
        return answer;
    }
}
