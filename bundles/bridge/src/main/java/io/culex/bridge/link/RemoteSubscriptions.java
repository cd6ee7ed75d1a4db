// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.RelaySession;
import io.culex.api.log.LogType;
import io.culex.api.message.TopicFilter;
import io.culex.bridge.settings.TopicRule;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import io.culex.codec.Suback;
import io.culex.codec.Subscribe;
import io.culex.codec.Unsubscribe;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Subscribes at the other broker to what comes in, and ends subscriptions of an earlier configuration to what only goes out, or
 * comes by another line already. Its Packet Identifiers are those that no message has. On the loop.
 */
final class RemoteSubscriptions {
    private static final int AT_A_TIME = 32;

    private final Circumstances given;
    private final Peer peer;
    private final Output output;
    private final Queue<TopicRule> due = new ArrayDeque<>();
    private final Set<String> coming = new HashSet<>();
    private final Map<Integer, String> asked = new HashMap<>();
    private int lastId = RelaySession.FREE_IDENTIFIERS - 1;

    RemoteSubscriptions(Circumstances given, Peer peer, Output output) {
        this.given = given;
        this.peer = peer;
        this.output = output;
    }

    /** A Packet Identifier that no message has. */
    int newId() {
        lastId = lastId == 0xFFFF ? RelaySession.FREE_IDENTIFIERS : lastId + 1;
        return lastId;
    }

    void begin() {
        List<TopicRule> rules = given.settings().topics().rules();
        for (TopicRule rule : rules) {
            // A message that fits several subscriptions may come once for each [MQTT-3.3.4-2].
            if (rule.direction().isIn()
                    && due.stream().noneMatch(first -> first.covers(rule))
                    && coming.add(rule.remoteFilter())) {
                due.add(rule);
            }
        }
        if (given.settings().remote().attemptUnsubscribe()) {
            Set<String> named = new HashSet<>(coming);
            rules.stream().filter(rule -> named.add(rule.remoteFilter())).forEach(due::add);
        }
        next();
    }

    private void next() {
        while (asked.size() < AT_A_TIME && !due.isEmpty()) {
            TopicRule rule = due.remove();
            int id = newId();
            asked.put(id, rule.remoteFilter());
            if (coming.contains(rule.remoteFilter())) {
                subscribe(id, rule);
            } else {
                debug("UNSUBSCRIBE (Mid: %d, Topic: %s)", id, rule.remoteFilter());
                PacketWriter.unsubscribe(
                        output.packet(PacketType.UNSUBSCRIBE),
                        peer.version(),
                        new Unsubscribe(id, List.of(rule.remoteFilter()), Properties.NONE));
            }
        }
    }

    private void subscribe(int id, TopicRule rule) {
        boolean v5 = peer.version().isV5();
        // What changed meanwhile at QoS 1 and 2 has waited in the session that is there; at QoS 0 nothing has.
        int retained = v5 && peer.sessionPresent() && rule.qos() > 0 ? 1 : 0;
        boolean noLocal = v5 && !TopicFilter.isShared(rule.remoteFilter()); // [MQTT-3.8.3-4]
        Subscribe.Entry entry = new Subscribe.Entry(rule.remoteFilter(), rule.qos(), noLocal, v5, retained);
        debug("SUBSCRIBE (Mid: %d, Topic: %s, QoS: %d)", id, rule.remoteFilter(), rule.qos());
        PacketWriter.subscribe(
                output.packet(PacketType.SUBSCRIBE),
                peer.version(),
                new Subscribe(id, List.of(entry), Properties.NONE));
    }

    void suback(Suback packet) {
        String filter = asked.remove(packet.packetId());
        if (filter != null && packet.codes().length > 0 && packet.code(0) >= 0x80) {
            given.log().log(
                    LogType.WARNING,
                    "Warning: Bridge %s: the other broker refuses the subscription to %s (0x%02x)."
                            .formatted(given.settings().name(), filter, packet.code(0)));
            bringInstead(filter);
        }
        next();
    }

    /** What a filter that is refused would have brought may come by narrower ones. */
    private void bringInstead(String refused) {
        List<TopicRule> rules = given.settings().topics().rules();
        rules.stream()
                .filter(rule -> rule.direction().isIn() && rule.remoteFilter().equals(refused))
                .findFirst()
                .ifPresent(wide -> rules.stream()
                        .filter(rule -> rule.direction().isIn() && wide.covers(rule) && coming.add(rule.remoteFilter()))
                        .filter(rule -> due.stream()
                                .noneMatch(other -> other.remoteFilter().equals(rule.remoteFilter())))
                        .toList()
                        .forEach(due::add));
    }

    void unsuback(int packetId) {
        asked.remove(packetId);
        next();
    }

    private void debug(String text, Object... values) {
        if (given.log().enabled(LogType.DEBUG)) {
            given.log().log(
                    LogType.DEBUG,
                    "Bridge " + given.settings().local().clientId() + " sending " + text.formatted(values));
        }
    }
}
