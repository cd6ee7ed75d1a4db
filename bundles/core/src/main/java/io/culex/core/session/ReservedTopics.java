// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.message.TopicFilter;

/** Topics that a client may not publish to, whatever plugins say (SPEC C.2). */
public final class ReservedTopics {
    private static final String BRIDGE_STATE = "$SYS/broker/connection/+/state";

    private ReservedTopics() {}

    /** Whether a topic is one of them; as the client knows it, without the mount point. */
    public static boolean contain(String topic) {
        return topic.startsWith("$share") || (topic.startsWith("$SYS") && !TopicFilter.matches(BRIDGE_STATE, topic));
    }
}
