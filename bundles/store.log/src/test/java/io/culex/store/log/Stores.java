// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.log.BrokerLog;
import io.culex.api.store.Origin;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoredClient;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.store.log.append.Level;
import io.culex.store.log.append.Settings;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes stores and what goes into them. */
final class Stores {
    static final int SEGMENT = 64 << 10;
    static final Settings SMALL = new Settings(Level.OS, SEGMENT, 0);

    private Stores() {}

    static LogEngine open(Path folder) throws IOException {
        return open(folder, new RecordedLog());
    }

    static LogEngine open(Path folder, BrokerLog log) throws IOException {
        return LogEngine.open(new StoreFolder(folder), SMALL, log);
    }

    static Content content(LogEngine store) {
        Content content = new Content();
        store.recover(content);
        return content;
    }

    /** Opens, gives what is there, and closes. */
    static Content contentOf(Path folder, BrokerLog log) throws IOException {
        try (LogEngine store = open(folder, log)) {
            return content(store);
        }
    }

    static StoredSession session(long number) {
        return new StoredSession(number, "", new StoredClient("client" + number, null, "tcp"), 5, 3600, 0, null);
    }

    static StoredMessage message(long id, String payload) {
        return new StoredMessage(id, bytes("a/topic"), new byte[0], bytes(payload), 1, false, 0, null);
    }

    static StoredMessage retained(long id, String topic, String payload) {
        return new StoredMessage(
                id, bytes(topic), new byte[0], bytes(payload), 1, true, 0, new StoredClient("p", "ü", "tcp"));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Receivers to(long... sessions) {
        Receivers receivers = new Receivers();
        for (long session : sessions) {
            receivers.add(session, 1);
        }
        return receivers;
    }

    static Origin none() {
        return Origin.NONE;
    }

    static List<Path> segments(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{8}\\.log"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
