// SPDX-License-Identifier: Apache-2.0
package io.culex.api.message;

import java.nio.charset.StandardCharsets;

/** The rules of a Topic Filter [MQTT-4.7, MQTT-4.8.2], on plain strings. The one home of topic matching. */
public final class TopicFilter {
    private static final String SHARE = "$share/";

    private TopicFilter() {}

    /** Whether the text is a valid Topic Filter, {@code $share/NAME/} forms included. */
    public static boolean isValid(String filter) {
        if (filter.startsWith(SHARE)) {
            int end = filter.indexOf('/', SHARE.length());
            if (end <= SHARE.length()) {
                return false;
            }
            String name = filter.substring(SHARE.length(), end);
            return name.indexOf('+') < 0 && name.indexOf('#') < 0 && isPlainValid(filter.substring(end + 1));
        }
        return isPlainValid(filter) && !filter.equals("$share");
    }

    private static boolean isPlainValid(String filter) {
        if (filter.isEmpty() || !fits(filter)) {
            return false;
        }
        int separators = 0;
        int last = filter.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = filter.charAt(i);
            boolean opens = i == 0 || filter.charAt(i - 1) == '/';
            if (c == 0
                    || (c == '#' && (i != last || !opens))
                    || (c == '+' && (!opens || (i != last && filter.charAt(i + 1) != '/')))
                    || (c == '/' && ++separators > TopicName.MAX_SEPARATORS)) {
                return false;
            }
        }
        return true;
    }

    static boolean fits(String topic) {
        return topic.length() <= TopicName.MAX_BYTES / 3
                || topic.getBytes(StandardCharsets.UTF_8).length <= TopicName.MAX_BYTES;
    }

    /** Whether the filter begins with {@code $share/}. */
    public static boolean isShared(String filter) {
        return filter.startsWith(SHARE);
    }

    /** The Share Name of a valid shared filter. */
    public static String shareName(String filter) {
        return filter.substring(SHARE.length(), filter.indexOf('/', SHARE.length()));
    }

    /** The filter behind {@code $share/NAME/}; the filter itself when it is not shared. */
    public static String inner(String filter) {
        return isShared(filter) ? filter.substring(filter.indexOf('/', SHARE.length()) + 1) : filter;
    }

    /** Whether the filter has a wildcard. */
    public static boolean hasWildcard(String filter) {
        return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
    }

    /**
     * Whether a valid, not shared filter matches a valid Topic Name. A wildcard at the start never matches a topic that
     * begins with {@code $} [MQTT-4.7.2-1].
     */
    public static boolean matches(String filter, String topic) {
        if (filter.isEmpty() || topic.isEmpty()) {
            return false;
        }
        boolean wildStart = filter.charAt(0) == '+' || filter.charAt(0) == '#';
        if (wildStart && topic.charAt(0) == '$') {
            return false;
        }
        int f = 0;
        int t = 0;
        while (true) {
            int filterEnd = levelEnd(filter, f);
            if (isLevel(filter, f, filterEnd, '#')) {
                return true;
            }
            int topicEnd = levelEnd(topic, t);
            if (!isLevel(filter, f, filterEnd, '+') && !sameLevel(filter, f, filterEnd, topic, t, topicEnd)) {
                return false;
            }
            boolean filterDone = filterEnd == filter.length();
            if (topicEnd == topic.length()) {
                // "a/#" matches "a" as well [MQTT-4.7.1-2].
                return filterDone || (filterEnd + 2 == filter.length() && filter.charAt(filterEnd + 1) == '#');
            }
            if (filterDone) {
                return false;
            }
            f = filterEnd + 1;
            t = topicEnd + 1;
        }
    }

    /** Whether everything that {@code inner} can match is matched by {@code outer} too; both valid, not shared. */
    public static boolean covers(String outer, String inner) {
        int o = 0;
        int i = 0;
        while (true) {
            int outerEnd = levelEnd(outer, o);
            if (isLevel(outer, o, outerEnd, '#')) {
                return true;
            }
            int innerEnd = levelEnd(inner, i);
            if (isLevel(inner, i, innerEnd, '#')) {
                return false;
            }
            if (!isLevel(outer, o, outerEnd, '+') && !sameLevel(outer, o, outerEnd, inner, i, innerEnd)) {
                return false;
            }
            boolean outerDone = outerEnd == outer.length();
            if (innerEnd == inner.length()) {
                return outerDone || (outerEnd + 2 == outer.length() && outer.charAt(outerEnd + 1) == '#');
            }
            if (outerDone) {
                return false;
            }
            o = outerEnd + 1;
            i = innerEnd + 1;
        }
    }

    private static int levelEnd(String text, int from) {
        int end = text.indexOf('/', from);
        return end < 0 ? text.length() : end;
    }

    private static boolean isLevel(String text, int from, int end, char wildcard) {
        return end - from == 1 && text.charAt(from) == wildcard;
    }

    private static boolean sameLevel(String a, int aFrom, int aEnd, String b, int bFrom, int bEnd) {
        return aEnd - aFrom == bEnd - bFrom && a.regionMatches(aFrom, b, bFrom, aEnd - aFrom);
    }
}
