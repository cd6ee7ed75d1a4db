// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.read;

import io.culex.store.log.segment.Segment;
import java.io.IOException;

/** A record is not as it was written. */
public final class DamagedRecordException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedRecordException(Segment segment, int place) {
        super("the record at " + place + " of " + segment.path() + " is damaged.");
    }
}
