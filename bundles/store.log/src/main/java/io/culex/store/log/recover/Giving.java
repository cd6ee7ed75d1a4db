// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.recover;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.store.MessageStore.Recovery;
import io.culex.store.log.format.MessageView;
import io.culex.store.log.format.Sending;
import io.culex.store.log.format.SessionRecord;
import io.culex.store.log.format.SubscriptionRecord;
import io.culex.store.log.index.Contents;
import io.culex.store.log.index.SessionEntry;
import io.culex.store.log.index.Table;
import io.culex.store.log.read.RecordReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Gives the broker what the log holds: sessions, then what belongs to them, messages in the order of the log. */
public final class Giving {
    private final Contents contents;
    private final RecordReader records;
    private final BrokerLog log;
    private final MessageView view = new MessageView();
    private int damaged;

    /** Reads with that reader. */
    public Giving(Contents contents, RecordReader records, BrokerLog log) {
        this.contents = contents;
        this.records = records;
        this.log = log;
    }

    /** How many records could not be read. */
    public int damaged() {
        return damaged;
    }

    /** Gives everything. */
    public void give(Recovery recovery) {
        List<SessionEntry> sessions = contents.sessions().all();
        sessions.sort(Comparator.comparingLong(SessionEntry::location));
        for (SessionEntry session : sessions) {
            read(session.location(), body -> recovery.session(SessionRecord.get(records.bytes(), body)));
        }
        for (SessionEntry session : sessions) {
            for (long location : sorted(session.subscriptionLocations())) {
                read(
                        location,
                        body -> recovery.subscription(session.number(), SubscriptionRecord.get(records.bytes(), body)));
            }
            for (long packetId : session.inboundPacketIds()) {
                recovery.inbound(session.number(), (int) packetId);
            }
        }
        giveDeliveries(recovery);
        for (long location : sorted(contents.retained().locations())) {
            read(location, body -> {
                view.look(records.bytes(), body);
                recovery.retained(view.message(), view.retainedVersion());
            });
        }
        recovery.retainedVersion(contents.retained().highestVersion());
    }

    private interface Use {
        void record(int body);
    }

    private void read(long location, Use use) {
        try {
            use.record(records.read(location));
        } catch (IOException e) {
            damaged++;
            log.log(LogType.ERROR, "Error: A record of the store cannot be read: " + e.getMessage());
        }
    }

    private static long[] sorted(long[] locations) {
        Arrays.sort(locations);
        return locations;
    }

    private void giveDeliveries(Recovery recovery) {
        long[] locations = contents.messages().locations();
        if (contents.hasCopies()) {
            giveSorted(locations, recovery);
        } else {
            for (long location : locations) {
                giveDelivery(location, recovery);
            }
        }
    }

    /** Copies stand at the end of the log, but are as old as what they are copies of. */
    private void giveSorted(long[] locations, Recovery recovery) {
        long[] positions = locations.clone();
        Table locationByPosition = new Table(1);
        for (int i = 0; i < locations.length; i++) {
            int at = i;
            read(locations[at], body -> {
                if (view.look(records.bytes(), body).isCopy()) {
                    positions[at] = view.position();
                    locationByPosition.set(locationByPosition.insert(view.position()), 1, locations[at]);
                }
            });
        }
        Arrays.sort(positions);
        for (long position : positions) {
            int entry = locationByPosition.find(position);
            giveDelivery(entry < 0 ? position : locationByPosition.get(entry, 1), recovery);
        }
    }

    private void giveDelivery(long location, Recovery recovery) {
        read(location, body -> {
            view.look(records.bytes(), body);
            contents.messages()
                    .eachReceiver(
                            view,
                            (session, how, sending) -> recovery.delivery(
                                    session,
                                    view.id(),
                                    view.payloadLength(),
                                    how,
                                    Sending.packetId(sending),
                                    Sending.released(sending)));
        });
    }
}
