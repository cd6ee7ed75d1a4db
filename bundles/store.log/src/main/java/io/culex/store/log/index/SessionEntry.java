// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

/** One session: where its record, its subscriptions and its unreleased Packet Identifiers stand. */
public final class SessionEntry {
    /** Whether it is there. */
    enum State {
        /** While the log is read: something of it was seen, the session itself not yet. */
        HEARD_OF,
        /** It is there. */
        ALIVE,
        /** It has ended; messages may still name it. */
        ENDED
    }

    final long number;
    final int slot;
    final Table subscriptions = new Table(2);
    final Table inbound = new Table(2);
    State state = State.HEARD_OF;
    long location;
    int size;
    int references;

    SessionEntry(long number, int slot) {
        this.number = number;
        this.slot = slot;
    }

    /** Its number. */
    public long number() {
        return number;
    }

    /** Where its record stands. */
    public long location() {
        return location;
    }

    /** Where its subscriptions stand. */
    public long[] subscriptionLocations() {
        return locations(subscriptions);
    }

    /** The Packet Identifiers that wait for PUBREL. */
    public long[] inboundPacketIds() {
        return inbound.keys();
    }

    private static long[] locations(Table table) {
        long[] locations = table.keys();
        for (int i = 0; i < locations.length; i++) {
            locations[i] = table.get(table.find(locations[i]), 1);
        }
        return locations;
    }
}
