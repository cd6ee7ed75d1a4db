// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SysTreeTest {
    private static final long SECOND = 1_000_000_000;

    private final SysTree tree = new SysTree("1.2.3");

    @Test
    void everythingIsRetainedAtQos2() {
        List<Message> messages = tree.changes(all(), 0);
        assertTrue(messages.size() > 80);
        for (Message message : messages) {
            assertTrue(message.retain(), message.topic());
            assertEquals(QoS.EXACTLY_ONCE, message.qos(), message.topic());
        }
    }

    @Test
    void noTopicIsSaidTwice() {
        List<Message> messages = tree.changes(all(), 0);
        assertEquals(
                messages.size(),
                messages.stream().map(Message::topic).distinct().count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "uptime",
                "clients/total",
                "clients/maximum",
                "clients/connected",
                "clients/active",
                "clients/disconnected",
                "clients/inactive",
                "clients/expired",
                "messages/stored",
                "store/messages/count",
                "store/messages/bytes",
                "subscriptions/count",
                "shared_subscriptions/count",
                "retained messages/count",
                "heap/current",
                "heap/maximum",
                "messages/received",
                "messages/sent",
                "bytes/received",
                "bytes/sent",
                "publish/bytes/received",
                "publish/bytes/sent",
                "publish/messages/received",
                "publish/messages/sent",
                "publish/messages/dropped",
                "packet/out/count",
                "packet/out/bytes",
                "connections/socket/count",
                "load/messages/received/1min",
                "load/messages/sent/5min",
                "load/publish/dropped/15min",
                "load/publish/received/1min",
                "load/publish/sent/1min",
                "load/bytes/received/1min",
                "load/bytes/sent/1min",
                "load/sockets/1min",
                "load/connections/1min",
                "mqtt/connect/received",
                "mqtt/auth/sent",
                "mqtt/pubcomp/received"
            })
    void hasTheTopic(String topic) {
        assertTrue(texts(tree.changes(all(), 0)).containsKey("$SYS/broker/" + topic));
    }

    @Test
    void givesNumbersByTopic() {
        Map<String, Long> numbers = SysTree.numbers(Map.of("uptime", 17.9, "clients_connected", 2.0, "other", 1.0));
        assertEquals(
                Map.of(
                        "$SYS/broker/uptime", 17L,
                        "$SYS/broker/clients/connected", 2L,
                        "$SYS/broker/clients/active", 2L),
                numbers);
    }

    @Test
    void writesNumbersAsText() {
        Map<String, String> texts = texts(tree.changes(
                Map.of("uptime", 17.0, "clients_disconnected", -1.0, "bytes_sent", 9_000_000_000_000.0), 0));
        assertEquals("culex version 1.2.3", texts.get("$SYS/broker/version"));
        assertEquals("17 seconds", texts.get("$SYS/broker/uptime"));
        assertEquals("-1", texts.get("$SYS/broker/clients/inactive"));
        assertEquals("9000000000000", texts.get("$SYS/broker/bytes/sent"));
        assertEquals("0.00", texts.get("$SYS/broker/load/bytes/sent/15min"));
    }

    @Test
    void saysOnlyWhatHasChanged() {
        tree.changes(Map.of("sessions", 4.0, "subscriptions", 9.0), 0);
        assertEquals(Map.of(), texts(tree.changes(Map.of("sessions", 4.0, "subscriptions", 9.0), 10 * SECOND)));
        assertEquals(
                Map.of("$SYS/broker/clients/total", "5"),
                texts(tree.changes(Map.of("sessions", 5.0, "subscriptions", 9.0), 20 * SECOND)));
    }

    @Test
    void keepsWhatASourceShowedUntilItIsBack() {
        tree.changes(Map.of("sessions", 4.0), 0);
        assertEquals(Map.of(), texts(tree.changes(Map.of(), 10 * SECOND)));
        assertEquals(Map.of(), texts(tree.changes(Map.of("sessions", 4.0), 20 * SECOND)));
        assertEquals(
                Map.of("$SYS/broker/clients/total", "6"), texts(tree.changes(Map.of("sessions", 6.0), 30 * SECOND)));
    }

    /** One connection in 10 s: 6 * (1 - e^(-10/60)) = 0.92, over 5 min 0.20, over 15 min 0.07. */
    @Test
    void showsHowFastACounterGrows() {
        tree.changes(Map.of("socket_connections", 100.0), 0);
        Map<String, String> texts = texts(tree.changes(Map.of("socket_connections", 101.0), 10 * SECOND));
        assertEquals(
                Map.of(
                        "$SYS/broker/connections/socket/count", "101",
                        "$SYS/broker/load/sockets/1min", "0.92",
                        "$SYS/broker/load/sockets/5min", "0.20",
                        "$SYS/broker/load/sockets/15min", "0.07"),
                texts);
    }

    /** 0.0663 falls by 0.0007 in 10 s: that is only said when it has come to a hundredth, and then it is. */
    @Test
    void saysALoadAgainWhenItHasMovedByAHundredth() {
        tree.changes(Map.of("socket_connections", 100.0), 0);
        tree.changes(Map.of("socket_connections", 101.0), 10 * SECOND);
        String topic = "$SYS/broker/load/sockets/15min";
        int silent = 0;
        Map<String, String> texts = Map.of();
        while (!texts.containsKey(topic) && silent < 100) {
            texts = texts(tree.changes(Map.of("socket_connections", 101.0), (20 + 10L * silent++) * SECOND));
        }
        assertEquals("0.06", texts.get(topic));
        assertEquals(15, silent);
    }

    @Test
    void forgottenMeansThatEverythingIsSaidAgain() {
        List<Message> first = tree.changes(all(), 0);
        assertEquals(List.of(), tree.changes(all(), SECOND));
        tree.forget();
        assertEquals(texts(first), texts(tree.changes(all(), 2 * SECOND)));
    }

    private static Map<String, Double> all() {
        Map<String, Double> all = new HashMap<>();
        SysTopics.METRICS.forEach(name -> all.put(name, 3.0));
        return all;
    }

    private static Map<String, String> texts(List<Message> messages) {
        Map<String, String> texts = new TreeMap<>();
        messages.forEach(message -> texts.put(message.topic(), message.payload().asText()));
        return texts;
    }
}
