// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.util.Arrays;
import java.util.Optional;

/** The types of ACLs, in the order in which they are listed (SPEC D.3). */
public enum AclType {
    /** A topic that a client publishes to. */
    PUBLISH_CLIENT_SEND("publishClientSend", Event.PUBLISH_CLIENT_SEND),
    /** A topic that a client is about to receive a message of. */
    PUBLISH_CLIENT_RECEIVE("publishClientReceive", Event.PUBLISH_CLIENT_RECEIVE),
    /** Exactly this Topic Filter in SUBSCRIBE. */
    SUBSCRIBE_LITERAL("subscribeLiteral", Event.SUBSCRIBE),
    /** Every Topic Filter in SUBSCRIBE that this one covers. */
    SUBSCRIBE_PATTERN("subscribePattern", Event.SUBSCRIBE),
    /** Exactly this Topic Filter in UNSUBSCRIBE. */
    UNSUBSCRIBE_LITERAL("unsubscribeLiteral", Event.UNSUBSCRIBE),
    /** Every Topic Filter in UNSUBSCRIBE that this one covers. */
    UNSUBSCRIBE_PATTERN("unsubscribePattern", Event.UNSUBSCRIBE);

    private final String text;
    private final Event event;

    AclType(String text, Event event) {
        this.text = text;
        this.event = event;
    }

    /** Its name in files and commands. */
    public String text() {
        return text;
    }

    /** The event that it decides about. */
    public Event event() {
        return event;
    }

    /** Whether it compares literally: no wildcard, no {@code %c} or {@code %u}. */
    public boolean isLiteral() {
        return this == SUBSCRIBE_LITERAL || this == UNSUBSCRIBE_LITERAL;
    }

    /** The type of that name, whatever the case of its letters. */
    public static Optional<AclType> of(String text) {
        return Arrays.stream(values())
                .filter(type -> type.text.equalsIgnoreCase(text))
                .findFirst();
    }
}
