// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.util.Arrays;
import java.util.Optional;

/** What is decided about; each has a default access (SPEC D.2), and these are listed in this order. */
public enum Event {
    /** A client publishes. */
    PUBLISH_CLIENT_SEND("publishClientSend"),
    /** A client is about to receive a message. */
    PUBLISH_CLIENT_RECEIVE("publishClientReceive"),
    /** A client subscribes. */
    SUBSCRIBE("subscribe"),
    /** A client unsubscribes. */
    UNSUBSCRIBE("unsubscribe");

    private final String text;

    Event(String text) {
        this.text = text;
    }

    /** Its name in files and commands. */
    public String text() {
        return text;
    }

    /** The event of that name, whatever the case of its letters. */
    public static Optional<Event> of(String text) {
        return Arrays.stream(values())
                .filter(event -> event.text.equalsIgnoreCase(text))
                .findFirst();
    }
}
