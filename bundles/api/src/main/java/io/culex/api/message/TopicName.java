// SPDX-License-Identifier: Apache-2.0
package io.culex.api.message;

/** The rules of a Topic Name [MQTT-4.7]. */
public final class TopicName {
    /** More separators than this are refused, so that no walk over a topic goes deeper. */
    public static final int MAX_SEPARATORS = 200;

    /** Longest topic in bytes of UTF-8 [MQTT-4.7.3-3]. */
    public static final int MAX_BYTES = 65_535;

    private TopicName() {}

    /** Whether a message may be published to the topic: not empty, no wildcard, no U+0000, not too deep. */
    public static boolean isValid(String topic) {
        int separators = 0;
        for (int i = 0; i < topic.length(); i++) {
            char c = topic.charAt(i);
            if (c == '+' || c == '#' || c == 0) {
                return false;
            }
            if (c == '/' && ++separators > MAX_SEPARATORS) {
                return false;
            }
        }
        return !topic.isEmpty() && TopicFilter.fits(topic);
    }

    /**
     * Returns the topic when it is valid.
     *
     * @throws IllegalArgumentException when it is not
     */
    public static String check(String topic) {
        if (!isValid(topic)) {
            throw new IllegalArgumentException("not a valid topic name: '" + topic + "'");
        }
        return topic;
    }
}
