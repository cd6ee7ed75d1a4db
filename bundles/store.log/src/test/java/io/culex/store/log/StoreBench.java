// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import com.sun.management.OperatingSystemMXBean;
import io.culex.api.store.MessageStore.Recovery;
import io.culex.api.store.Origin;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoreLane;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredSubscription;
import io.culex.store.log.append.Level;
import io.culex.store.log.append.Settings;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures the store: {@code StoreBench FOLDER (os|fsync) PAYLOAD RECEIVERS MESSAGES} for a flow of messages that are
 * acknowledged at once, beside a plain loop that appends the same bytes in batches of the same size, and a {@link PlainLog} that
 * is given as many records as large by as many threads; {@code StoreBench FOLDER
 * queued MESSAGES} for a long queue: heap, start, drain; {@code StoreBench FOLDER paced (os|fsync) RATE} for the time until a
 * message is kept.
 */
public final class StoreBench {
    private static final int LANES = 4;
    private static final int SESSIONS = 1000;
    private static final long MOST_BACKLOG = 4L << 20;

    private StoreBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        if (arguments[1].equals("queued")) {
            queued(folder, Integer.parseInt(arguments[2]));
            return;
        }
        if (arguments[1].equals("paced")) {
            new PacedBench(Level.of(arguments[2]), Integer.parseInt(arguments[3])).run(folder);
            return;
        }
        for (int round = 0; round < 3; round++) {
            flow(
                    folder,
                    Level.of(arguments[1]),
                    Integer.parseInt(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]));
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void flow(Path folder, Level level, int payload, int receivers, int messages) throws Exception {
        delete(folder);
        LogEngine store =
                LogEngine.open(new StoreFolder(folder), new Settings(level, 64 << 20, 16 << 20), new RecordedLog());
        Stores.content(store);
        long begin = System.nanoTime();
        long cpu = cpu();
        CountDownLatch done = new CountDownLatch(LANES);
        for (int i = 0; i < LANES; i++) {
            int first = 1 + i * receivers;
            new Thread(() -> produce(store, first, payload, receivers, messages / LANES, done)).start();
        }
        done.await();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double micros = (cpu() - cpu) / 1e3 / messages;
        long commits = store.statistics().commits();
        long bytes = store.statistics().bytes();
        System.out.printf(
                "%s, %d B, %d receivers: %.0f msg/s, %.2f us CPU per message, %.0f B per commit, %d segments%n",
                level,
                payload,
                receivers,
                messages / seconds,
                micros,
                (double) bytes / commits,
                Stores.segments(folder).size());
        store.close();
        plain(folder, level, bytes, (int) (bytes / commits), messages);
        plainLog(folder, level, (int) (bytes / messages / (1 + receivers)), receivers, messages);
    }

    private static void plainLog(Path folder, Level level, int recordBytes, int receivers, int messages)
            throws Exception {
        Path file = folder.resolve("plain");
        long begin = System.nanoTime();
        long cpu = cpu();
        PlainLog log = new PlainLog(file, level == Level.FSYNC);
        CountDownLatch done = new CountDownLatch(LANES);
        for (int i = 0; i < LANES; i++) {
            new Thread(() -> append(log, recordBytes, messages / LANES * (1 + receivers), done)).start();
        }
        done.await();
        log.close();
        System.out.printf(
                "    as many records by a plain log: %.0f msg/s, %.2f us CPU per message%n",
                messages * 1e9 / (System.nanoTime() - begin), (cpu() - cpu) / 1e3 / messages);
        Files.delete(file);
    }

    private static void append(PlainLog log, int recordBytes, int records, CountDownLatch done) {
        byte[] record = new byte[recordBytes];
        try {
            long mark = 0;
            for (int n = 0; n < records; n++) {
                mark = log.append(record);
            }
            log.awaitKept(mark);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        done.countDown();
    }

    private static void produce(
            LogEngine store, int first, int payload, int receivers, int messages, CountDownLatch done) {
        Acks acks = new Acks();
        StoreLane lane = store.lane(acks);
        Receivers to = new Receivers();
        long operations = 0;
        for (int i = 0; i < receivers; i++) {
            lane.session(Stores.session(first + i));
            to.add(first + i, 1);
            operations++;
        }
        byte[] bytes = new byte[payload];
        byte[] topic = Stores.bytes("bench/topic/1");
        byte[] none = new byte[0];
        for (int n = 0; n < messages; n++) {
            long id = lane.newMessage();
            lane.message(new StoredMessage(id, topic, none, bytes, 1, false, 0, null), to, Origin.NONE);
            for (int i = 0; i < receivers; i++) {
                lane.done(first + i, id, 1, 0);
            }
            operations += 1 + receivers;
            while (lane.backlog() > MOST_BACKLOG) {
                LockSupport.parkNanos(50_000);
            }
        }
        try {
            acks.await(operations);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        done.countDown();
    }

    private static void plain(Path folder, Level level, long bytes, int batch, int messages) throws IOException {
        Path file = folder.resolve("plain");
        ByteBuffer block = ByteBuffer.allocateDirect(batch);
        long begin = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long written = 0; written < bytes; written += batch) {
                block.clear();
                while (block.hasRemaining()) {
                    channel.write(block);
                }
                if (level == Level.FSYNC) {
                    channel.force(false);
                }
            }
        }
        System.out.printf(
                "    the same bytes by a plain loop: %.0f msg/s%n", messages * 1e9 / (System.nanoTime() - begin));
        Files.delete(file);
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static final class Queues implements Recovery {
        final long[][] queues = new long[SESSIONS + 1][];
        final int[] sizes = new int[SESSIONS + 1];

        Queues(int each) {
            for (int i = 0; i <= SESSIONS; i++) {
                queues[i] = new long[each];
            }
        }

        @Override
        public void session(StoredSession session) {}

        @Override
        public void subscription(long session, StoredSubscription subscription) {}

        @Override
        public void delivery(long session, long message, int bytes, int how, int packetId, boolean released) {
            queues[(int) session][sizes[(int) session]++] = message;
        }

        @Override
        public void inbound(long session, int packetId) {}

        @Override
        public void retained(StoredMessage message, long version) {}
    }

    private static void queued(Path folder, int messages) throws Exception {
        delete(folder);
        Settings settings = new Settings(Level.OS, 64 << 20, 16 << 20);
        fill(folder, settings, messages);
        long before = heap();
        long begin = System.nanoTime();
        LogEngine again = LogEngine.open(new StoreFolder(folder), settings, new RecordedLog());
        Queues queues = new Queues(messages / SESSIONS);
        again.recover(queues);
        double seconds = (System.nanoTime() - begin) / 1e9;
        long heap = heap() - before - 8L * messages;
        System.out.printf(
                "%d queued: start %.2f s, heap %.1f MB (%.0f B per reference)%n",
                messages, seconds, heap / 1e6, (double) heap / messages);
        drain(again, queues, messages, folder);
        again.close();
    }

    private static void fill(Path folder, Settings settings, int messages) throws Exception {
        LogEngine store = LogEngine.open(new StoreFolder(folder), settings, new RecordedLog());
        Stores.content(store);
        Acks acks = new Acks();
        StoreLane lane = store.lane(acks);
        for (int i = 1; i <= SESSIONS; i++) {
            lane.session(Stores.session(i));
        }
        Receivers to = new Receivers();
        byte[] topic = Stores.bytes("bench/topic/1");
        for (int n = 0; n < messages; n++) {
            to.clear();
            to.add(1 + n % SESSIONS, 1);
            lane.message(
                    new StoredMessage(lane.newMessage(), topic, new byte[0], new byte[256], 1, false, 0, null),
                    to,
                    Origin.NONE);
            while (lane.backlog() > MOST_BACKLOG) {
                LockSupport.parkNanos(50_000);
            }
        }
        acks.await(SESSIONS + messages);
        store.close();
    }

    private static void drain(LogEngine store, Queues queues, int messages, Path folder) throws Exception {
        long begin = System.nanoTime();
        long cpu = cpu();
        Acks acks = new Acks();
        StoreLane lane = store.lane(acks);
        int window = 100;
        Semaphore loads = new Semaphore(8);
        for (int at = 0; at < messages / SESSIONS; at += window) {
            for (int session = 1; session <= SESSIONS; session++) {
                long[] ids = Arrays.copyOfRange(queues.queues[session], at, at + window);
                loads.acquire();
                lane.load(ids, loaded -> check(loaded, loads));
                for (long id : ids) {
                    lane.done(session, id, 1, 0);
                }
            }
        }
        acks.await(messages);
        System.out.printf(
                "    drained: %.2f us and %.2f us CPU per reference%n",
                (System.nanoTime() - begin) / 1e3 / messages, (cpu() - cpu) / 1e3 / messages);
        long end = System.nanoTime() + 20_000_000_000L;
        while (Stores.segments(folder).size() > 2 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        System.out.println("    then " + Stores.segments(folder).size() + " segments");
    }

    private static void check(List<StoredMessage> loaded, Semaphore loads) {
        if (loaded.contains(null)) {
            throw new IllegalStateException("a message is missing");
        }
        loads.release();
    }
}
