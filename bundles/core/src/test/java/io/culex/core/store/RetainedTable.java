// SPDX-License-Identifier: Apache-2.0
package io.culex.core.store;

import io.culex.api.store.MessageStore;
import io.culex.api.store.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The retained messages of a {@link MemoryStore}. */
final class RetainedTable {
    private final Map<String, Entry> byTopic = new LinkedHashMap<>();

    /** Null: it was cleared, and what is older than that does not count any more. */
    private record Entry(@Nullable StoredMessage message, long version) {}

    void add(RetainedTable other) {
        byTopic.putAll(other.byTopic);
    }

    void put(byte[] name, @Nullable StoredMessage message, long version) {
        String topic = new String(name, StandardCharsets.UTF_8);
        Entry now = byTopic.get(topic);
        if (now == null || now.version() < version) {
            byTopic.put(topic, new Entry(message, version));
        }
    }

    @Nullable
    String text(String topic) {
        Entry now = byTopic.get(topic);
        StoredMessage message = now == null ? null : now.message();
        return message == null ? null : new String(message.payload(), StandardCharsets.UTF_8);
    }

    void recover(MessageStore.Recovery recovery) {
        byTopic.values().forEach(one -> {
            StoredMessage message = one.message();
            if (message != null) {
                recovery.retained(message, one.version());
            }
        });
        recovery.retainedVersion(
                byTopic.values().stream().mapToLong(Entry::version).max().orElse(0));
    }
}
