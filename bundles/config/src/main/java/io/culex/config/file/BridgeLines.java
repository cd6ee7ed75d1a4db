// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.log.LogType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lines that open a bridge, and those of a bridge that say more than one value. */
final class BridgeLines {
    private static final int MAX_PORT = 65535;
    private static final int MAX_RESTART_SECONDS = 3600;
    private static final int MAX_CAP_SECONDS = 7200;

    private final Scopes scopes;

    BridgeLines(Scopes scopes) {
        this.scopes = scopes;
    }

    void register(Map<String, Dispatch.Handler> handlers) {
        handlers.put("connection", this::connection);
        handlers.put("address", this::address);
        handlers.put("topic", this::topic);
        handlers.put("restart_timeout", this::restartTimeout);
        handlers.put("bridge_tcp_keepalive", this::tcpKeepalive);
    }

    private String connection(Option option, Statement statement) throws InvalidConfigException {
        String name = statement.word();
        for (Section bridge : scopes.document().bridges()) {
            if (bridge.name().equals(name)) {
                throw statement.invalid("Error: Duplicate bridge name '" + name + "'.");
            }
        }
        scopes.enterBridge(scopes.document().addBridge(name, statement.place()));
        return name;
    }

    private String address(Option option, Statement statement) throws InvalidConfigException {
        Section bridge = scopes.find(option, statement);
        if (bridge.has(option.name())) {
            throw statement.invalid("Error: Invalid bridge configuration, 'address' only allowed once.");
        }
        List<String> addresses = new ArrayList<>();
        for (String word = statement.nextWord(); word != null && !word.startsWith("#"); word = statement.nextWord()) {
            addresses.add(withPort(word, statement));
        }
        if (addresses.isEmpty()) {
            throw statement.invalid("Error: Empty address value in configuration.");
        }
        String value = String.join(" ", addresses);
        bridge.put(option, value, statement);
        return value;
    }

    /** An IPv6 address needs its port: the last colon divides. */
    private static String withPort(String word, Statement statement) throws InvalidConfigException {
        int colon = word.lastIndexOf(':');
        if (colon < 0) {
            return word + ":1883";
        }
        String port = word.substring(colon + 1);
        boolean digits = port.matches("[0-9]{1,5}");
        if (!digits || Integer.parseInt(port) < 1 || Integer.parseInt(port) > MAX_PORT) {
            throw statement.invalid("Error: Invalid bridge port value (" + port + ").");
        }
        return word;
    }

    private String topic(Option option, Statement statement) throws InvalidConfigException {
        Section bridge = scopes.find(option, statement);
        BridgeTopic topic = BridgeTopic.parse(statement);
        if (scopes.document().topics(bridge).contains(topic)) {
            statement.log(LogType.INFORMATION, "Duplicate bridge topic '" + topic.pattern() + "', skipping.");
        } else {
            scopes.document().addTopic(bridge, topic);
        }
        return topic.pattern();
    }

    /** One number: constant; two or three: base, cap and the time after which a connection counts as stable. */
    private String restartTimeout(Option option, Statement statement) throws InvalidConfigException {
        Section bridge = scopes.find(option, statement);
        int base = ValueParser.integer(statement, option.name());
        if (base < 1) {
            statement.log(LogType.NOTICE, "restart_timeout interval too low, using 1 second.");
            base = 1;
        } else if (base > MAX_RESTART_SECONDS) {
            statement.log(LogType.NOTICE, "restart_timeout interval too high, using 3600 seconds.");
            base = MAX_RESTART_SECONDS;
        }
        StringBuilder value = new StringBuilder().append(base);
        List<Integer> more = numbers(option, statement);
        if (!more.isEmpty()) {
            value.append(' ').append(cap(base, more.get(0), statement));
        }
        if (more.size() > 1) {
            if (more.get(1) < 0) {
                throw statement.invalid("Error: stable connection period cannot be negative.");
            }
            value.append(' ').append(more.get(1));
        }
        bridge.put(option, value.toString(), statement);
        return value.toString();
    }

    private static int cap(int base, int cap, Statement statement) throws InvalidConfigException {
        if (cap < base) {
            throw statement.invalid("Error: backoff cap is lower than the base in restart_timeout.");
        }
        if (cap > MAX_CAP_SECONDS) {
            statement.log(LogType.ERROR, "Error: backoff cap too high, using 7200 seconds.");
        }
        return Math.min(cap, MAX_CAP_SECONDS);
    }

    private static List<Integer> numbers(Option option, Statement statement) throws InvalidConfigException {
        List<Integer> numbers = new ArrayList<>();
        for (String word = statement.nextWord(); word != null; word = statement.nextWord()) {
            numbers.add(CNumber.parseInt(word, option.name(), statement));
        }
        return numbers;
    }

    private String tcpKeepalive(Option option, Statement statement) throws InvalidConfigException {
        Section bridge = scopes.find(option, statement);
        List<String> values = new ArrayList<>();
        for (String part : List.of("idle", "interval", "counter")) {
            int number = ValueParser.integer(statement, option.name() + "_" + part);
            if (number <= 0) {
                throw statement.invalid("Error: invalid TCP keepalive " + part + " value.");
            }
            values.add(String.valueOf(number));
        }
        String value = String.join(" ", values);
        bridge.put(option, value, statement);
        return value;
    }
}
