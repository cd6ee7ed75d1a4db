// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.admin.Operation;
import io.culex.api.local.Backlog;
import io.culex.bridge.link.Peer;
import io.culex.bridge.link.Traffic;
import io.culex.bridge.settings.Address;
import io.culex.bridge.settings.BridgeSettings;
import io.culex.bridge.settings.TopicRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code bridge status}. */
@Component(service = Operation.class)
public final class BridgeStatus extends BridgeOperation {
    /** Over the bridges that run. */
    @Activate
    public BridgeStatus(@Reference Bridges bridges) {
        super("status", "Shows everything about one bridge.", List.of(NAME), bridges);
    }

    @Override
    List<String> answer(Map<String, String> given) throws RefusedException {
        Bridge bridge = named(given);
        BridgeSettings settings = bridge.settings();
        Status status = bridge.status();
        List<String> lines = new ArrayList<>();
        lines.add("state: " + status.state().words() + " since " + status.since());
        lines.add("addresses: "
                + settings.addresses().stream().map(Address::toString).collect(Collectors.joining(" "))
                + (settings.isEncrypted() ? " (TLS)" : " (not encrypted)"));
        if (status.address() != null) {
            lines.add("address: " + status.address());
        }
        if (status.failure() != null) {
            lines.add("last failure: " + status.failure());
        }
        lines.add("client identifiers: " + settings.remote().clientId() + " there, "
                + settings.local().clientId() + " here");
        Peer peer = status.peer();
        if (peer != null) {
            lines.add("the other broker: MQTT level %d, session %s, QoS up to %d, retained messages %s"
                    .formatted(
                            peer.version().level(),
                            peer.sessionPresent() ? "present" : "new",
                            peer.maxQos(),
                            peer.retains() ? "kept" : "not kept"));
        }
        lines.addAll(queue(settings, status.backlog()));
        lines.addAll(traffic(bridge.traffic()));
        for (TopicRule rule : settings.topics().rules()) {
            lines.add("topic " + rule);
        }
        return lines;
    }

    private static List<String> queue(BridgeSettings settings, Backlog backlog) {
        int limit = settings.local().queue().messages();
        return List.of("queue: %d of %s messages, %d bytes, the first %d s old, %d in flight, %d dropped"
                .formatted(
                        backlog.messages(),
                        limit == 0 ? "any number of" : limit,
                        backlog.bytes(),
                        backlog.ageMillis() / 1000,
                        backlog.inflight(),
                        backlog.dropped()));
    }

    private static List<String> traffic(Traffic traffic) {
        return List.of(
                "connections: " + traffic.connections.sum(),
                "out: %d messages, %d bytes; in: %d messages, %d bytes"
                        .formatted(traffic.out.sum(), traffic.outBytes.sum(), traffic.in.sum(), traffic.inBytes.sum()),
                "not handed on: %d in a loop, %d too large, %d not wanted here, %d refused there"
                        .formatted(
                                traffic.looped.sum(),
                                traffic.oversize.sum(),
                                traffic.unwanted.sum(),
                                traffic.refused.sum()));
    }
}
