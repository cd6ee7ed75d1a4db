// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

/** Why a connection does not read on. It reads while no reason stands. */
final class Pause {
    /** Its CONNECT or AUTH is being decided. */
    static final int AUTH = 1;

    /** Its next packet needs a plugin that is missing. */
    static final int GATE = 1 << 1;

    /** Too much of what it sent waits for the store. */
    static final int STORE = 1 << 2;

    /** A loop that it publishes to has too much to do. */
    static final int CREDIT = 1 << 3;

    /** It moves to another loop. */
    static final int MIGRATE = 1 << 4;

    /** The broker is at its memory limit. */
    static final int MEMORY = 1 << 5;

    private Pause() {}
}
