// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import io.culex.store.log.append.Appender;
import io.culex.store.log.append.Disk;
import io.culex.store.log.clean.Cleaner;
import io.culex.store.log.index.Contents;
import io.culex.store.log.read.Loader;

/** What the commit thread works with. */
public record Parts(Disk disk, Contents contents, Appender appender, Cleaner cleaner, Loader loader, Ids ids) {}
