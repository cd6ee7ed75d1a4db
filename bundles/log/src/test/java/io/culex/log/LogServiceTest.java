// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.LogSettings;
import io.culex.api.config.LogSettings.Destination;
import io.culex.api.log.LogType;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogServiceTest {
    private final Path folder;
    private final StringBuilder first = new StringBuilder();
    private final LogService log = new LogService(outletTo(first));

    LogServiceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void writesWithDefaultsBeforeThereIsAGeneration() throws Exception {
        assertFalse(log.enabled(LogType.DEBUG));
        log.log(LogType.DEBUG, "unseen");
        log.log(LogType.INFORMATION, "seen");
        log.close();
        assertTrue(first.toString().matches("\\d+: seen\n"), first::toString);
    }

    @Test
    void writesToTheFileOfTheGenerationAndKeepsItFromOthersEyes() throws Exception {
        Path file = folder.resolve("culex.log");
        log.log(LogType.NOTICE, "before");
        take(toFile(file));
        log.log(LogType.NOTICE, "after");
        log.close();
        assertTrue(first.toString().endsWith(": before\n"), first::toString);
        assertEquals("after\n", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void opensTheFileAnewWithEachGeneration() throws Exception {
        Path file = folder.resolve("culex.log");
        Path rotated = folder.resolve("culex.log.1");
        take(toFile(file));
        log.log(LogType.NOTICE, "old");
        Files.move(file, rotated);
        take(toFile(file));
        log.log(LogType.NOTICE, "new");
        log.close();
        assertEquals("old\n", Files.readString(rotated));
        assertEquals("new\n", Files.readString(file));
    }

    @Test
    void refusesAFileThatCannotBeOpenedAndGoesOnAsBefore() throws Exception {
        Generation generation = generation(toFile(folder.resolve("none/culex.log")));
        GenerationRefusedException refusal =
                assertThrows(GenerationRefusedException.class, () -> log.prepare(generation));
        log.log(LogType.ERROR, "still here");
        log.close();
        assertEquals(
                "Error: Unable to open log file " + folder.resolve("none/culex.log") + " for writing.",
                refusal.getMessage());
        assertTrue(first.toString().endsWith(": still here\n"), first::toString);
    }

    @Test
    void goesOnAsBeforeAfterAnAbort() throws Exception {
        Generation generation = generation(toFile(folder.resolve("culex.log")));
        log.prepare(generation);
        log.abort(generation);
        log.log(LogType.ERROR, "still here");
        log.close();
        assertTrue(first.toString().endsWith(": still here\n"), first::toString);
    }

    @Test
    void logsNothingWithoutADestination() throws Exception {
        take(settings(Set.of(), null, EnumSet.allOf(LogType.class)));
        assertFalse(log.enabled(LogType.ERROR));
        log.close();
    }

    @Test
    void publishesLinesButNotDebugLines() throws Exception {
        List<Message> published = new ArrayList<>();
        log.bindPublisher(message -> {
            published.add(message);
            return CompletableFuture.completedFuture(ReasonCode.SUCCESS);
        });
        take(settings(Set.of(Destination.TOPIC), null, EnumSet.allOf(LogType.class)));
        log.log(LogType.DEBUG, "Received PINGREQ from a");
        log.log(LogType.SUBSCRIBE, "a 1 b/#");
        log.close();

        assertEquals(1, published.size());
        Message message = published.get(0);
        assertEquals("$SYS/broker/log/M/subscribe", message.topic());
        assertEquals("a 1 b/#", message.payload().asText());
        assertEquals(QoS.EXACTLY_ONCE, message.qos());
        assertEquals(20, message.properties().expirySeconds());
        assertFalse(message.retain());
    }

    @Test
    void sendsToSyslogAsTheLibraryDoes() throws Exception {
        List<String> sent = new ArrayList<>();
        log.bindDatagrams((path, datagram) -> sent.add(path + " " + new String(datagram, StandardCharsets.UTF_8)));
        take(settings(Set.of(Destination.SYSLOG), null, EnumSet.of(LogType.WARNING)));
        log.log(LogType.WARNING, "Outgoing messages are being dropped for client a.");
        log.close();

        String expected = "/dev/log <28>\\p{Alpha}{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d mosquitto\\["
                + ProcessHandle.current().pid() + "]: Outgoing messages are being dropped for client a\\.";
        assertEquals(1, sent.size());
        assertTrue(sent.get(0).matches(expected), () -> sent.get(0));
    }

    @Test
    void neverWaitsForADestinationAndTellsWhatWasLost() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        StringBuilder out = new StringBuilder();
        LogService slow = new LogService(StreamOutlet.to("slow", Channels.newChannel(new OutputStream() {
            @Override
            public void write(int b) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                out.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }
        })));
        for (int i = 0; i < 20_000; i++) {
            slow.log(LogType.NOTICE, "line " + i);
        }
        open.countDown();
        slow.close();

        double dropped = value(slow, "log_lines_dropped");
        double written = value(slow, "log_lines");
        assertTrue(dropped > 0);
        assertEquals(20_000 - dropped + 1, written);
        assertTrue(out.toString().contains((int) dropped + " log lines were dropped"), "the loss is told");
    }

    @Test
    void countsAFailingDestinationAndGoesOn() throws Exception {
        LogService failing = new LogService(StreamOutlet.to("full", Channels.newChannel(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        })));
        failing.log(LogType.NOTICE, "lost");
        failing.close();
        assertTrue(value(failing, "log_failures") > 0);
    }

    @Test
    void writesWhatIsLoggedWhileItCloses() {
        Backlog backlog = new Backlog(8);
        List<String> written = new ArrayList<>();
        List<Runnable> atFlush = new ArrayList<>();
        Outlet outlet = new Outlet() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public void write(Line line, byte[] formatted) {
                written.add(line.text());
            }

            @Override
            public void flush() {
                List<Runnable> due = List.copyOf(atFlush);
                atFlush.clear();
                due.forEach(Runnable::run);
            }

            @Override
            public void close() {}
        };
        Scribe scribe = new Scribe(
                backlog,
                new LineFormat(LogSettings.DEFAULTS, ZoneOffset.UTC),
                new Outlets(List.of(outlet), Recipient.Failures.toStderr(new LongAdder())));
        atFlush.add(() -> backlog.offer(new Line(LogType.NOTICE, 0, "late")));
        atFlush.add(scribe::close);

        scribe.run();

        assertEquals(List.of("late"), written);
    }

    private void take(LogSettings settings) throws GenerationRefusedException {
        Generation generation = generation(settings);
        log.prepare(generation);
        log.commit(generation);
    }

    private static double value(LogService log, String name) {
        List<Double> values = new ArrayList<>();
        log.metrics().stream().filter(metric -> metric.name().equals(name)).forEach(metric -> metric.reader()
                .accept((value, labels) -> values.add(value)));
        return values.get(0);
    }

    private static Generation generation(LogSettings settings) {
        BrokerSettings defaults = BrokerSettings.DEFAULTS;
        BrokerSettings broker = new BrokerSettings(
                defaults.limits(),
                defaults.sessions(),
                defaults.retain(),
                defaults.sysInterval(),
                false,
                false,
                settings);
        return new Generation(1, "test", broker, List.of());
    }

    private static LogSettings toFile(Path file) {
        return settings(Set.of(Destination.FILE), file.toString(), EnumSet.of(LogType.NOTICE));
    }

    private static LogSettings settings(Set<Destination> destinations, @Nullable String file, Set<LogType> types) {
        return new LogSettings(destinations, file, types, false, null, 3, true);
    }

    private static Outlet outletTo(StringBuilder out) {
        return new Outlet() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public void write(Line line, byte[] formatted) {
                out.append(new String(formatted, StandardCharsets.UTF_8)).append('\n');
            }
        };
    }
}
