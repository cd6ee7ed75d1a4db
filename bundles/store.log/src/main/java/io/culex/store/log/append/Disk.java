// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.append;

import io.culex.store.log.segment.Segments;
import io.culex.store.log.segment.StoreFolder;

/** What there is of one store on the disk, and who looks after it. */
public record Disk(StoreFolder folder, Segments segments, Housekeeper housekeeper, Room room, Settings settings) {}
