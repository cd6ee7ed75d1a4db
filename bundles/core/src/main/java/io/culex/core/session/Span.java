// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

/** Versions of retained messages, the first and the last included. */
record Span(long first, long last) {
    boolean has(long version) {
        return version >= first && version <= last;
    }

    /** The least that has both. */
    Span and(Span other) {
        return new Span(Math.min(first, other.first), Math.max(last, other.last));
    }
}
