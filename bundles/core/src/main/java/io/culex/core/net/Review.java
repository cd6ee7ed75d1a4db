// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.log.LogType;
import io.culex.core.loop.Loop;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has every session looked at again after a change of gates, or of what they answer: who may not stay goes, subscriptions that
 * are not allowed any more end, who was kept from receiving receives. Each loop looks at its own sessions, some at a time, and does its
 * other work in between. Any thread.
 */
final class Review {
    /** How long a loop looks before it turns to its other work. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Services services;
    private final List<Round> rounds = new ArrayList<>();

    Review(Services services) {
        this.services = services;
        services.loops().all().forEach(loop -> rounds.add(new Round(loop)));
    }

    /**
     * Begins; one that is under way is followed by another one, so that nobody is left out who was looked at before the change, nor
     * who comes last while changes go on and on.
     */
    void begin() {
        rounds.forEach(round -> round.loop.execute(round::begin));
    }

    /** The sessions of one loop; belongs to it. */
    private final class Round {
        private final Loop loop;
        private Iterator<Session> held = Collections.emptyIterator();
        private Iterator<Session> rest = Collections.emptyIterator();
        private boolean running;
        private boolean again;
        private boolean isInRest;

        Round(Loop loop) {
            this.loop = loop;
        }

        void begin() {
            again |= isInRest;
            if (!held.hasNext()) {
                // Messages wait for these. Where the first look at them goes on, the second one is still to come.
                held = services.directory().all().iterator();
            }
            if (!running) {
                running = true;
                rest = services.directory().all().iterator();
                turn();
            }
        }

        private void turn() {
            long end = loop.clock().nanos() + TURN_NANOS;
            while (held.hasNext() && loop.clock().nanos() - end < 0) {
                Session next = held.next();
                if (isHere(next) && next.isHeld()) {
                    look(next);
                }
            }
            while (!held.hasNext() && rest.hasNext() && loop.clock().nanos() - end < 0) {
                isInRest = true;
                Session next = rest.next();
                if (isHere(next)) {
                    look(next);
                }
            }
            if (again && !held.hasNext() && !rest.hasNext()) {
                again = false;
                isInRest = false;
                rest = services.directory().all().iterator();
            }
            running = held.hasNext() || rest.hasNext();
            isInRest &= running;
            if (running) {
                loop.nextIteration(this::turn);
            }
        }

        private boolean isHere(Session session) {
            return session.home() == loop && !session.isEnded();
        }

        /** A fault with one session must not keep the others from being looked at. */
        private void look(Session session) {
            try {
                session.lookAgain();
                if (session.isHeld() && !session.isEnded()) {
                    session.resume();
                }
            } catch (RuntimeException | Error e) {
                services.log().log(
                        LogType.ERROR, "Error: Client " + session.clientId() + " could not be looked at again: " + e);
            }
        }
    }
}
