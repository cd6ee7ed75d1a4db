// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import io.culex.api.store.Loaded;

/** What a lane can ask of the commit thread besides keeping something; called by that thread. */
interface Requests {
    void load(long[] messages, Loaded loaded);
}
