// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.clean;

import io.culex.store.log.format.Cursor;
import io.culex.store.log.format.Frame;
import io.culex.store.log.format.MessageView;
import io.culex.store.log.format.RecordType;
import io.culex.store.log.index.Contents;
import io.culex.store.log.index.Messages;
import io.culex.store.log.index.Roles;
import io.culex.store.log.segment.Location;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Copies of records that are still needed, to be written together. */
final class CopyBuffer {
    private static final int USUAL = 2 << 20;
    private static final int INBOUND_BODY = 10;

    private final Contents contents;
    private final Messages messages;
    private final MessageView view = new MessageView();
    private final Cursor cursor = new Cursor();
    private final CRC32C crc = new CRC32C();
    private ByteBuffer bytes = allocate(USUAL);
    private int end;
    private int receivers;

    CopyBuffer(Contents contents) {
        this.contents = contents;
        this.messages = contents.messages();
    }

    private static ByteBuffer allocate(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    void clear() {
        if (bytes.capacity() > USUAL) {
            bytes = allocate(USUAL);
        }
        bytes.clear();
        end = 0;
    }

    int bytes() {
        return end;
    }

    /** Adds a copy of the record at a place of the buffer, for those of its roles that it still plays. */
    void add(ByteBuffer source, int at, int length, long location, int roles) {
        if ((roles & Roles.WHOLE) != 0) {
            begin(Frame.type(source, at), length).from(source, at + Frame.HEADER, length);
            end(length);
            return;
        }
        view.look(source, at + Frame.HEADER);
        receivers = 0;
        if ((roles & Roles.DELIVERY) != 0) {
            messages.eachReceiver(view, (session, how, sending) -> receivers++);
        }
        boolean retained = (roles & Roles.RETAINED) != 0;
        boolean inbound = (roles & Roles.INBOUND) != 0;
        if (receivers == 0 && !retained) {
            if (inbound) {
                begin(RecordType.INBOUND, INBOUND_BODY)
                        .u64(view.originSession())
                        .u16(view.originPacketId());
                end(INBOUND_BODY);
            }
            return;
        }
        message(location, inbound, retained);
    }

    private void message(long location, boolean inbound, boolean retained) {
        int length = view.copyLength(inbound, retained, receivers);
        Cursor copy = begin(RecordType.MESSAGE, length);
        view.copyHead(copy, location, inbound, retained, receivers);
        if (receivers > 0) {
            messages.eachReceiver(
                    view, (session, how, sending) -> copy.u64(session).u32(how).u32(sending));
        }
        view.copyRest(copy);
        end(length);
    }

    /** Adds the record that a segment is given up. */
    void givenUp(long number) {
        begin(RecordType.GIVEN_UP, 8).u64(number);
        end(8);
    }

    private Cursor begin(int type, int length) {
        int size = Frame.size(length);
        if (end + size > bytes.capacity()) {
            ByteBuffer larger = allocate(end + Math.max(size, USUAL));
            larger.put(0, bytes, 0, end);
            bytes = larger;
        }
        bytes.putInt(end, length);
        Frame.begin(bytes, end, type, length);
        Frame.pad(bytes, end, length);
        return cursor.move(bytes, end + Frame.HEADER);
    }

    private void end(int length) {
        assert cursor.at() == end + Frame.HEADER + length : "a copy of another length than announced";
        end += Frame.size(length);
    }

    /** Writes the CRCs for the segment that has this salt. */
    void seal(int salt) {
        for (int at = 0; at < end; at += Frame.size(Frame.length(bytes, at))) {
            Frame.seal(bytes, at, Frame.length(bytes, at), salt, crc);
        }
    }

    ByteBuffer written() {
        return bytes.duplicate().position(0).limit(end);
    }

    /** Tells the contents where the copies stand, the first of them at the place of the segment. */
    void apply(long segment, int place) {
        for (int at = 0; at < end; ) {
            int length = Frame.length(bytes, at);
            contents.apply(bytes, at, length, Location.of(segment, place + at));
            at += Frame.size(length);
        }
    }
}
