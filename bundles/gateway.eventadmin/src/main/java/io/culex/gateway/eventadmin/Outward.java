// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import io.culex.api.local.LocalSession;
import io.culex.api.message.Message;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;

/**
 * Events to messages. Never makes EventAdmin wait, which would take the handler out of service: what comes faster than the broker keeps
 * it is dropped and counted.
 */
final class Outward implements EventHandler {
    /** How many messages may be with the broker that are not kept yet. */
    static final int OUTSTANDING = 1_000;

    private final Mapping mapping;
    private final Semaphore places = new Semaphore(OUTSTANDING);
    private final LongAdder published = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile @Nullable LocalSession session;

    Outward(Settings settings) {
        this.mapping = new Mapping(settings);
    }

    /** Where messages go from now on; null: nowhere. */
    void to(@Nullable LocalSession opened) {
        session = opened;
    }

    @Override
    public void handleEvent(Event event) {
        if (Mapping.isFromMqtt(event)) {
            return;
        }
        LocalSession to = session;
        Message message = mapping.toMessage(event);
        if (to == null || message == null || !places.tryAcquire()) {
            dropped.increment();
            return;
        }
        to.publish(message).whenComplete((code, failure) -> {
            places.release();
            (failure == null && !code.isFailure() ? published : dropped).increment();
        });
    }

    long published() {
        return published.sum();
    }

    long dropped() {
        return dropped.sum();
    }
}
