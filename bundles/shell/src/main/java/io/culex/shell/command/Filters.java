// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.message.TopicFilter;
import io.culex.api.message.TopicName;

/** Topics and filters as arguments. */
final class Filters {
    private Filters() {}

    /** The filter, when it is one. */
    static String checked(String filter) {
        if (filter.startsWith("--")) {
            throw new IllegalArgumentException(filter + " comes too late: options stand before topics");
        }
        if (!TopicFilter.isValid(filter)) {
            throw new IllegalArgumentException("'" + filter + "' is no Topic Filter");
        }
        return filter;
    }

    /** The Topic Name, when it is one. */
    static String topic(String topic) {
        if (!TopicName.isValid(topic)) {
            throw new IllegalArgumentException("'" + topic + "' is no Topic Name");
        }
        return topic;
    }
}
