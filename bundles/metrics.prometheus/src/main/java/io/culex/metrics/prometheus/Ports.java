// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import io.culex.api.config.Generation;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.metrics.export.Maker;
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
        /** Answers from now on; says so when another plugin of the generation, which was there before, has the same port. */
        void open(Generation generation);

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
    synchronized Claim claim(Settings settings, Scrapes scrapes, Maker maker, BrokerLog log) throws OptionException {
        Settings.Tls identity = settings.tls();
        boolean tls = identity != null;
        Seat.Guest guest = new Seat.Guest(scrapes, identity == null ? null : identity.keys(), maker, log);
        for (Maker other : others(settings.address(), maker)) {
            if (other.isMadeWith(maker)) {
                throw new OptionException(samePort(settings.address(), other, maker) + ".");
            }
        }
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
            public void open(Generation generation) {
                synchronized (Ports.this) {
                    warn(taken.address(), guest, generation);
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
        return seats.stream().anyMatch(seat -> isSamePort(seat.address(), address));
    }

    private static boolean isSamePort(InetSocketAddress held, InetSocketAddress address) {
        boolean sameHost = held.getAddress().equals(address.getAddress())
                || held.getAddress().isAnyLocalAddress()
                || address.getAddress().isAnyLocalAddress();
        return address.getPort() != 0 && held.getPort() == address.getPort() && sameHost;
    }

    /** Who made the exporters of other plugins at the port, in whatever form: those of the same one follow each other. */
    private List<Maker> others(InetSocketAddress address, Maker maker) {
        return seats.stream()
                .filter(seat -> isSamePort(seat.address(), address))
                .flatMap(seat -> seat.guests().stream())
                .map(Seat.Guest::maker)
                .filter(other -> !other.plugin().equals(maker.plugin()))
                .toList();
    }

    /** One that stays from an earlier generation could not be told from one that goes when the port was claimed. */
    private void warn(InetSocketAddress address, Seat.Guest guest, Generation generation) {
        for (Maker other : others(address, guest.maker())) {
            if (other.isMeantBy(generation)) {
                String line = samePort(address, other, guest.maker()) + "; only " + other.plugin() + " answers there.";
                guest.log().log(LogType.ERROR, line);
            }
        }
    }

    private static String samePort(InetSocketAddress address, Maker first, Maker second) {
        return "prometheus: Error: The plugins " + first.plugin() + " and " + second.plugin() + " have the same port "
                + address.getPort();
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
