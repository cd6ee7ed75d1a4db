// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import io.culex.api.admin.Ban;
import io.culex.api.admin.Bans;
import io.culex.api.admin.Operation;
import io.culex.api.message.ReasonCode;
import io.culex.core.net.Broker;
import io.culex.core.oversight.BanList;
import io.culex.core.session.Link;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import io.culex.core.session.Standing;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps clients out, and throws out those that are in. Any thread. */
@Component(service = Bans.class)
public final class BansService implements Bans {
    private final Services services;
    private final BanList bans;

    /** Of that broker. */
    @Activate
    public BansService(@Reference Broker broker) {
        this.services = broker.services();
        this.bans = broker.oversight().bans();
    }

    @Override
    public List<Ban> list() {
        return bans.all();
    }

    @Override
    public CompletionStage<Integer> add(Ban ban) throws Operation.RefusedException {
        // The list first: whoever comes to its session from now on is asked there, and who came before is found here.
        bans.add(ban);
        return new Gathering(services).ask(this::close).thenApply(List::size);
    }

    private @Nullable Session close(Session session) {
        Link link = session.link();
        if (link == null || session.standing() != Standing.CLIENT) {
            return null;
        }
        InetSocketAddress address = link.peer().address();
        if (!bans.forbids(
                session.clientId(), session.subject().username(), address == null ? null : address.getAddress())) {
            return null;
        }
        // "Banned" is a word for CONNACK alone [MQTT-3.14.2.1].
        link.close(ReasonCode.ADMINISTRATIVE_ACTION);
        return session;
    }

    @Override
    public boolean lift(Ban.Kind kind, String value) {
        return bans.lift(kind, value);
    }
}
