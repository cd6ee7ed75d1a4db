// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.clean;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.store.MessageStore.State;
import io.culex.store.log.append.Appender;
import io.culex.store.log.append.Disk;
import io.culex.store.log.append.Housekeeper;
import io.culex.store.log.append.Room;
import io.culex.store.log.format.Frame;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.index.Contents;
import io.culex.store.log.read.BadBlocks;
import io.culex.store.log.read.Loader;
import io.culex.store.log.read.Window;
import io.culex.store.log.segment.Location;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.Segments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Gives space back, always of the oldest segment: deletes it when nothing in it is needed, else copies what is needed to the
 * end of the log first. A copy says how things stand (the receivers that are left, and how far they are), so that nothing
 * comes back that was done. For the commit thread; small steps.
 */
public final class Cleaner {
    private static final int SCAN_STEP = 4 << 20;
    private static final int COPY_STEP = 1 << 20;
    private static final int WINDOW = 1 << 20;
    /** A segment is copied at once when no more than this part of it is needed. */
    private static final int SMALL_PART = 8;

    private static final int SPARE_SEGMENTS = 4;
    private static final int MANY_FILES = 8;

    private final Segments segments;
    private final Contents contents;
    private final Appender appender;
    private final Housekeeper housekeeper;
    private final Room room;
    private final Loader loader;
    private final int segmentBytes;
    private final BrokerLog log;
    private final CRC32C crc = new CRC32C();
    private final Window window = new Window(WINDOW);
    private final BadBlocks bad = new BadBlocks();
    private final CopyBuffer copies;
    private final List<Segment> copiedTo = new ArrayList<>();
    private boolean enabled;
    private long scanning = -1;
    private int place;
    private boolean inDamage;

    /** Does nothing before it is {@link #enable enabled}. */
    public Cleaner(Disk disk, Contents contents, Appender appender, Loader loader, BrokerLog log) {
        this.segments = disk.segments();
        this.contents = contents;
        this.appender = appender;
        this.housekeeper = disk.housekeeper();
        this.room = disk.room();
        this.loader = loader;
        this.segmentBytes = disk.settings().segmentBytes();
        this.log = log;
        this.copies = new CopyBuffer(contents);
    }

    /** The log was read and given to the broker: files may go from now on. */
    public void enable() {
        enabled = true;
    }

    /** Does a little when there is something to do. Returns whether it did. */
    public boolean step() throws IOException {
        Segment oldest = segments.oldest();
        if (!enabled || oldest == null || oldest == appender.active()) {
            return false;
        }
        if (oldest.live() == 0) {
            delete(oldest);
            return true;
        }
        if (scanning != oldest.number()) {
            if (!isDue(oldest) || !hasRoom(oldest)) {
                return false;
            }
            scanning = oldest.number();
            place = SegmentHeader.SIZE;
            inDamage = false;
            bad.begin();
        }
        copySome(oldest);
        return true;
    }

    private boolean isDue(Segment oldest) {
        long live = segments.liveBytes();
        long files = live * 2 / segmentBytes + MANY_FILES;
        return oldest.live() * SMALL_PART <= oldest.size()
                || segments.totalBytes() > 2 * live + (long) SPARE_SEGMENTS * segmentBytes
                || segments.count() > files;
    }

    private boolean hasRoom(Segment oldest) throws IOException {
        return room.state() == State.READY || room.usable() > oldest.live() + COPY_STEP;
    }

    private void copySome(Segment oldest) throws IOException {
        int end = (int) Math.min(oldest.size(), (long) place + SCAN_STEP);
        copies.clear();
        while (place < end && copies.bytes() < COPY_STEP) {
            place += copyOne(oldest);
        }
        write();
        if (place >= oldest.size()) {
            delete(oldest);
        }
    }

    /** Copies the record at the place if it is needed. Returns how far the next one is. */
    private int copyOne(Segment oldest) throws IOException {
        int at;
        try {
            at = find(oldest);
        } catch (IOException e) {
            return passUnreadable(oldest, e);
        }
        if (at < 0) {
            return passDamage(oldest);
        }
        inDamage = false;
        int length = Frame.length(window.bytes(), at);
        long location = Location.of(oldest.number(), place);
        int roles = contents.roles(window.bytes(), at, length, location);
        if (roles != 0) {
            copies.add(window.bytes(), at, length, location, roles);
        }
        return Frame.size(length);
    }

    /** Where the record at the place is in the window; -1 when there is none. */
    private int find(Segment oldest) throws IOException {
        int at = window.move(oldest, place, Frame.HEADER);
        if (at < 0 || !Frame.begins(window.bytes(), at)) {
            return -1;
        }
        int length = Frame.length(window.bytes(), at);
        if (length > oldest.size() - place) {
            return -1;
        }
        at = window.move(oldest, place, Frame.size(length));
        return at >= 0 && Frame.holds(window.bytes(), at, length, oldest.salt(), crc) ? at : -1;
    }

    private int passUnreadable(Segment oldest, IOException reason) throws IOException {
        int next = bad.pass(place, reason);
        if (bad.count() == 1) {
            log.log(
                    LogType.ERROR,
                    "Error: The store's file " + oldest.path() + " cannot be read everywhere: " + reason.getMessage());
        }
        passDamage(oldest);
        return next - place;
    }

    private int passDamage(Segment oldest) {
        if (!inDamage) {
            oldest.keepFile(); // the only evidence
            log.log(
                    LogType.ERROR,
                    "Error: The store's file " + oldest.path() + " is damaged at " + place
                            + ": what stands there is lost.");
        }
        inDamage = true;
        return 8;
    }

    private void write() throws IOException {
        if (copies.bytes() == 0) {
            return;
        }
        if (!appender.fits(0, copies.bytes())) {
            appender.roll();
        }
        Segment active = appender.active();
        int at = active.size();
        copies.seal(active.salt());
        appender.append(new ByteBuffer[] {copies.written()}, 1, copies.bytes());
        copies.apply(active.number(), at);
        if (!copiedTo.contains(active)) {
            copiedTo.add(active);
        }
    }

    private void delete(Segment oldest) throws IOException {
        copies.clear();
        copies.givenUp(oldest.number());
        write();
        segments.removeOldest();
        scanning = -1;
        housekeeper.delete(oldest, List.copyOf(copiedTo), () -> loader.close(oldest));
        copiedTo.clear();
    }
}
