// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.metrics.export.OptionException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The ports of all exporters of this bundle, so that an old and a new one may stand side by side on the same. A new one whose port
 * an old one holds in another form (one address instead of all, or https instead of http) gets it in the moment that one gives it
 * up. Any thread.
 */
@Component(service = Ports.class)
public final class Ports {
    private final List<Seat> seats = new ArrayList<>();

    /** No port yet. */
    @Activate
    public Ports() {
        HttpLimits.apply();
    }

    /** A place at a port. */
    interface Claim extends AutoCloseable {
        /** Answers from now on. */
        void open();

        /** The port. */
        int port();

        @Override
        void close();
    }

    /**
     * Takes the port, which does not answer yet.
     *
     * @throws OptionException when it cannot be had
     */
    synchronized Claim claim(Settings settings, Scrapes scrapes, BrokerLog log) throws OptionException {
        Settings.Tls identity = settings.tls();
        boolean tls = identity != null;
        Seat.Guest guest = new Seat.Guest(scrapes, identity == null ? null : identity.keys(), log);
        Seat known = find(settings.address(), tls);
        Seat taken = known == null ? new Seat(settings.address(), tls) : known;
        taken.add(guest);
        if (known == null) {
            if (!isHeldInAnotherForm(settings.address())) {
                bind(taken);
            }
            seats.add(taken);
        }
        return new Claim() {
            @Override
            public void open() {
                synchronized (Ports.this) {
                    taken.open();
                }
            }

            @Override
            public int port() {
                return taken.port();
            }

            @Override
            public void close() {
                leave(taken, guest);
            }
        };
    }

    private static void bind(Seat seat) throws OptionException {
        try {
            seat.bind();
        } catch (IOException e) {
            throw new OptionException(
                    "prometheus: Error: Port " + seat.address().getPort() + " cannot be opened: "
                            + Objects.toString(e.getMessage(), e.toString()) + ".",
                    e);
        }
    }

    private @Nullable Seat find(InetSocketAddress address, boolean tls) {
        for (Seat seat : seats) {
            if (address.getPort() != 0 && seat.address().equals(address) && seat.isTls() == tls) {
                return seat;
            }
        }
        return null;
    }

    private boolean isHeldInAnotherForm(InetSocketAddress address) {
        for (Seat seat : seats) {
            InetSocketAddress held = seat.address();
            boolean sameHost = held.getAddress().equals(address.getAddress())
                    || held.getAddress().isAnyLocalAddress()
                    || address.getAddress().isAnyLocalAddress();
            if (address.getPort() != 0 && held.getPort() == address.getPort() && sameHost) {
                return true;
            }
        }
        return false;
    }

    private synchronized void leave(Seat seat, Seat.Guest guest) {
        if (seat.remove(guest)) {
            return;
        }
        seats.remove(seat);
        for (Seat waiting : seats) {
            if (!waiting.isBound()) {
                try {
                    waiting.bind();
                } catch (IOException e) {
                    waiting.log().log(
                            LogType.ERROR,
                            "prometheus: Error: Port " + waiting.address().getPort() + " cannot be opened: "
                                    + e.getMessage() + ".");
                }
            }
        }
    }
}
