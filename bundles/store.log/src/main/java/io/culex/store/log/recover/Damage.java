// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.recover;

/** Bytes of a segment that are no record, with a record behind them. */
record Damage(int from, int to) {
    int length() {
        return to - from;
    }
}
