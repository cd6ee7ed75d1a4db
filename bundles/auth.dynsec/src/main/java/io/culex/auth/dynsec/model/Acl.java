// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import io.culex.api.message.TopicFilter;
import io.culex.api.message.TopicName;
import java.util.Objects;

/**
 * One rule of a role; in a role there is one per type and topic.
 *
 * @param type what it is about
 * @param topic a Topic Filter; {@code %c} and {@code %u} stand for the client's names where the type is not literal
 * @param priority higher ones are asked first; kept within the bounds of {@link Ranked}
 * @param allow whether it allows or denies
 */
public record Acl(AclType type, String topic, int priority, boolean allow) {
    /** The priority where none is given. */
    public static final int DEFAULT_PRIORITY = 0;

    public Acl {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(topic, "topic");
        priority = Ranked.clamp(priority);
    }

    /** One that allows, with the default priority. */
    public static Acl allow(AclType type, String topic) {
        return new Acl(type, topic, DEFAULT_PRIORITY, true);
    }

    /**
     * Whether the topic has more levels than any that a client can name. Rules are compiled to a tree, whose depth must have a
     * bound.
     */
    public static boolean isTooDeep(String topic) {
        return TopicFilter.inner(topic).chars().filter(c -> c == '/').count() > TopicName.MAX_SEPARATORS;
    }

    /** What there is once in a role. */
    public record Key(AclType type, String topic) {}

    /** Its type and topic. */
    public Key key() {
        return new Key(type, topic);
    }
}
