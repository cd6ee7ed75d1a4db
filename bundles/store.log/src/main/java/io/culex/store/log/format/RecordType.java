// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.format;

/** The kinds of records. The numbers are on disk: none is used again for something else. */
public final class RecordType {
    /** A message with its receivers, as a retained message, with its sender's Packet Identifier: any of these. */
    public static final int MESSAGE = 1;
    /** A receiver needs a message no longer. */
    public static final int DONE = 2;
    /** A QoS 2 message has a Packet Identifier for a receiver. */
    public static final int SENT = 3;
    /** A receiver has answered PUBREC. */
    public static final int RELEASED = 4;
    /** A Packet Identifier of a sender waits for PUBREL. */
    public static final int INBOUND = 5;
    /** It waits no longer. */
    public static final int INBOUND_DONE = 6;
    /** A session as it is now. */
    public static final int SESSION = 7;
    /** A session has ended. */
    public static final int ENDED = 8;
    /** A subscription as it is now. */
    public static final int SUBSCRIBED = 9;
    /** A subscription is gone. */
    public static final int UNSUBSCRIBED = 10;
    /** A topic has no retained message any more. */
    public static final int CLEARED = 11;
    /** Nothing; stands where a damaged record was. */
    public static final int VOID = 12;
    /** The last record of a segment. */
    public static final int SEALED = 13;
    /** Everything up to a segment, by its number, is needed no longer. */
    public static final int GIVEN_UP = 14;

    static final int LAST = GIVEN_UP;

    private RecordType() {}
}
