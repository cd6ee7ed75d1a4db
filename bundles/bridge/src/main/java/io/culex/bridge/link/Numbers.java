// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.TopicFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers (Subscription Identifiers) of the subscriptions here, now and under settings that were before. A message comes once
 * for each subscription that fits it, and goes out once: by the first line of those that there were when it was published,
 * whatever lines there are when its turn comes. Immutable.
 */
public final class Numbers {
    /** Of no subscription yet. */
    public static final Numbers NONE = new Numbers(List.of());

    /** The number of a subscription that ends. What comes by it has come by a line that is there still, or by none. */
    public static final int GONE = 268_435_455;

    private static final int MOST = 32;

    /** The filters by their numbers, in the order of the lines; those of now are the last. */
    private final List<SortedMap<Integer, String>> all;

    private Numbers(List<SortedMap<Integer, String>> all) {
        this.all = all;
    }

    /**
     * The next ones. Filters keep their numbers when there are the same in the same order, else all get new ones, also when there
     * were the same once: by its number a message tells which lines there were, and those found have the highest, also after a
     * start.
     *
     * @param found the subscriptions that there are
     * @param wanted the filters that there are to be, in the order of the lines
     */
    public Numbers by(Map<String, SubscribeOptions> found, Collection<String> wanted) {
        SortedMap<Integer, String> there = new TreeMap<>();
        found.forEach((filter, options) -> {
            if (options.identifier() != 0 && options.identifier() != GONE) {
                there.put(options.identifier(), filter);
            }
        });
        List<SortedMap<Integer, String>> next = new ArrayList<>(all);
        next.remove(there);
        next.add(there);
        List<String> filters = List.copyOf(wanted);
        SortedMap<Integer, String> now = List.copyOf(there.values()).equals(filters) ? there : anew(next, filters);
        next.remove(now);
        next.add(now);
        return new Numbers(List.copyOf(next.subList(Math.max(0, next.size() - MOST), next.size())));
    }

    private static SortedMap<Integer, String> anew(List<SortedMap<Integer, String>> known, List<String> filters) {
        int last = 0;
        for (SortedMap<Integer, String> lines : known) {
            last = lines.isEmpty() ? last : Math.max(last, lines.lastKey());
        }
        // Of so many none is in use any more when they begin again.
        int number = last < GONE - filters.size() ? last : 0;
        SortedMap<Integer, String> now = new TreeMap<>();
        for (String filter : filters) {
            now.put(++number, filter);
        }
        return now;
    }

    /** The number of a filter that there is to be; 0: there is no such filter. */
    public int of(String filter) {
        SortedMap<Integer, String> now = all.isEmpty() ? new TreeMap<>() : all.get(all.size() - 1);
        return now.entrySet().stream()
                .filter(each -> each.getValue().equals(filter))
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    /** Whether a message that came by that number is the one of its copies that goes out. */
    boolean isFirst(String topic, int number) {
        for (int i = all.size() - 1; i >= 0; i--) {
            SortedMap<Integer, String> lines = all.get(i);
            if (lines.containsKey(number)) {
                return lines.headMap(number).values().stream()
                        .noneMatch(before -> TopicFilter.matches(TopicFilter.inner(before), topic));
            }
        }
        // Where nobody knows the lines any more, twice is better than never.
        return number != GONE;
    }
}
