// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.api.admin.TopicSeen;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The topics that messages were published to since the start, bounded: what an operator asks to find out who sends what. */
public final class TopicsSeen {
    private static final int MAX = 10_000;
    private static final int MAX_CHARACTERS = 4 << 20;

    /** Of a longer Client Identifier only the beginning is kept: anyone may come under many of 64 kB. */
    private static final int LONGEST_ID = 256;

    private final Map<String, AtomicReferenceArray<Entry>> topics = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong characters = new AtomicLong();

    private final Entry[] unread;

    TopicsSeen(int loops) {
        unread = new Entry[loops];
        Arrays.setAll(unread, loop -> new Entry());
    }

    /** What one loop has seen of one topic. Written by that loop, read by anyone. */
    static final class Entry {
        private volatile long count;
        private volatile long lastMillis;
        private volatile String lastClientId = "";

        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
        void seen(String clientId, long millis) {
            count++;
            if (!isLast(clientId)) {
                lastClientId = clientId.length() <= LONGEST_ID ? clientId : clientId.substring(0, LONGEST_ID);
            }
            lastMillis = millis;
        }

        private boolean isLast(String clientId) {
            String last = lastClientId;
            return clientId.equals(last) || (last.length() == LONGEST_ID && clientId.startsWith(last));
        }
    }

    /** The entry of a topic for a loop, on it; one that nobody reads once there are too many topics, or too long ones. */
    Entry entry(String topic, int loop) {
        AtomicReferenceArray<Entry> known = topics.get(topic);
        if (known == null) {
            if (size.get() >= MAX || characters.get() >= MAX_CHARACTERS) {
                return unread[loop];
            }
            known = topics.computeIfAbsent(topic, t -> {
                size.incrementAndGet();
                characters.addAndGet(t.length());
                return new AtomicReferenceArray<>(unread.length);
            });
        }
        Entry entry = known.get(loop);
        if (entry == null) {
            entry = new Entry();
            known.set(loop, entry);
        }
        return entry;
    }

    /** The topics, the most recent last. */
    public List<TopicSeen> list() {
        return topics.entrySet().stream()
                .map(topic -> sum(topic.getKey(), topic.getValue()))
                .filter(topic -> topic.count() > 0)
                .sorted(Comparator.comparing(TopicSeen::last))
                .toList();
    }

    private static TopicSeen sum(String topic, AtomicReferenceArray<Entry> entries) {
        long count = 0;
        long last = 0;
        String client = "";
        for (int loop = 0; loop < entries.length(); loop++) {
            Entry entry = entries.get(loop);
            if (entry != null) {
                count += entry.count;
                if (entry.lastMillis >= last) {
                    last = entry.lastMillis;
                    client = entry.lastClientId;
                }
            }
        }
        return new TopicSeen(topic, count, client, Instant.ofEpochMilli(last));
    }
}
