// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Timer;
import io.culex.core.loop.Wheel;

/**
 * Ends a connection that takes too long: until its CONNECT is complete, then between packets [MQTT-3.1.2-24], then until its
 * last bytes are written. Hearing from the client costs one field write; the timer looks at it when it fires.
 */
final class KeepAlive extends Timer {
    private static final int CLOSE_MILLIS = 5_000;

    private final Connection connection;
    private long allowedMillis;
    private long lastTick;
    private boolean connected;
    private boolean closing;

    KeepAlive(Connection connection) {
        this.connection = connection;
    }

    void connectWithin(long millis) {
        allowedMillis = millis;
        arm(millis);
    }

    /** Half as long again as the client promised; 0: for ever. */
    void every(int seconds) {
        connected = true;
        stop();
        allowedMillis = seconds * 1500L;
        heard(connection.loop().wheel().tick());
        if (seconds > 0) {
            arm(allowedMillis);
        }
    }

    /** A packet came. */
    void heard(long tick) {
        lastTick = tick;
    }

    /** The connection is closing; what it does not take in time it does not get. */
    void closing() {
        stop();
        closing = true;
        arm(CLOSE_MILLIS);
    }

    void stop() {
        connection.loop().wheel().disarm(this);
    }

    private void arm(long millis) {
        connection.loop().wheel().arm(this, millis);
    }

    /** It takes nothing of what it was answered. */
    private boolean isItsOwnFault() {
        return connection.paused().isFor(Pause.OUTPUT)
                && !connection.context().channel().isWritable();
    }

    @Override
    protected void expired() {
        if (closing) {
            connection.context().close();
            return;
        }
        long now = connection.loop().wheel().tick();
        if (connection.paused().isOn() && !isItsOwnFault()) {
            // Whom the broker does not read from cannot be heard: his clock stands still.
            lastTick = now;
        }
        // What was read since the last look counts as of now: the loop itself may have paused before it read it.
        long heard = lastTick >= connection.loop().wheel().tickBefore() ? now : lastTick;
        long silent = (now - heard) * Wheel.TICK_MILLIS;
        if (connection.paused().isFor(Pause.GATE) || (connected && silent < allowedMillis)) {
            arm(allowedMillis - silent);
            return;
        }
        connection.loop().counters().increment(Counter.KEEP_ALIVE_TIMEOUTS);
        connection.end(ReasonCode.KEEP_ALIVE_TIMEOUT, Goodbye.of(ReasonCode.KEEP_ALIVE_TIMEOUT));
    }
}
