// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

/** What a record may still be needed for; bits. */
public final class Roles {
    /** The record as it is. */
    public static final int WHOLE = 1;
    /** A message that receivers wait for. */
    public static final int DELIVERY = 2;
    /** A retained message. */
    public static final int RETAINED = 4;
    /** The Packet Identifier of a message's sender. */
    public static final int INBOUND = 8;

    private Roles() {}
}
