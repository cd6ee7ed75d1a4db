// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

/**
 * The client sends nothing more, though its channel is still half open: what it sent and was not read yet is read before the
 * end, whatever it has to wait for. On the connection's loop.
 */
final class Leaving {
    private final Connection connection;
    private final Input input;
    private boolean begun;
    private boolean last;

    Leaving(Connection connection, Input input) {
        this.connection = connection;
        this.input = input;
    }

    /** Whether the client sends nothing more. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether what is there is read to its end now, though nobody will read the answers. */
    boolean isLast() {
        return last;
    }

    /** The last byte has come. An answer to what was sent before is waited for. */
    void begin() {
        begun = true;
        Pause pause = connection.paused();
        // Nobody waits for a second authentication of a client that has gone.
        boolean isVain = connection.isEstablished() && pause.isFor(Pause.AUTH);
        boolean waits = input.holds() || pause.isFor(Pause.CONTROL);
        if (!connection.isOver() && (isVain || !pause.isOn() || !waits)) {
            connection.finish(Goodbye.BY_CLIENT);
        }
    }

    /** Another connection takes the session over: what the client had sent before it closed this one is read first. */
    void takenOver() {
        if (begun) {
            readHeldBack();
        }
    }

    /** Reads what was held back for the sake of receivers, of requests before it, or of its own answers, only. */
    void readHeldBack() {
        last = true;
        while (!connection.isOver() && connection.paused().end(Pause.CREDIT | Pause.CONTROL | Pause.OUTPUT)) {
            connection.goOn();
        }
    }

    /**
     * Ends a connection before its login where it must not go on: who has gone must not take a session from one that is there,
     * and who came in by other stages must not go past the new ones. Whether it is over.
     */
    boolean isEarly() {
        if (begun && !input.holds()) {
            connection.finish(Goodbye.BY_CLIENT);
        } else if (connection.doorway().isRebuilt()) {
            connection.finish(Goodbye.LISTENER_CHANGED);
        }
        return connection.isOver();
    }
}
