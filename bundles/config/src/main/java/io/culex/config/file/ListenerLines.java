// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.log.LogType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeSet;

/** The lines that open a listener, and those of a listener that say more than one value. */
final class ListenerLines {
    private static final int MAX_PORT = 65535;

    /** Every address of the machine, as the C library resolves it. */
    private static final String EVERYWHERE = "*";

    private final Scopes scopes;

    ListenerLines(Scopes scopes) {
        this.scopes = scopes;
    }

    void register(Map<String, Dispatch.Handler> handlers) {
        handlers.put("listener", this::listener);
        handlers.put("port", this::port);
        handlers.put("bind_address", this::bindAddress);
        handlers.put("accept_protocol_versions", this::acceptProtocolVersions);
        handlers.put("enable_proxy_protocol_v2", this::enableProxyProtocolV2);
    }

    private String listener(Option option, Statement statement) throws InvalidConfigException {
        scopes.document().openToOthers();
        int port = port(statement, "listener port", 0);
        String host = statement.nextWord();
        boolean none = host == null || host.startsWith("#");
        if (port == 0 && none) {
            throw statement.invalid("Error: A listener with port 0 must provide a Unix socket path.");
        }
        Section listener = scopes.document().addListener(statement.place());
        listener.set(Keys.PORT, String.valueOf(port));
        if (host != null && !none) {
            bind(listener, port, host);
        }
        scopes.enterListener(listener);
        return String.valueOf(port);
    }

    private static void bind(Section listener, int port, String place) {
        if (port == 0) {
            listener.set(Keys.UNIX_PATH, place);
        } else if (!place.equals(EVERYWHERE)) {
            listener.set(Keys.HOST, place);
        }
    }

    private String port(Option option, Statement statement) throws InvalidConfigException {
        scopes.document().openToOthers();
        Section listener = scopes.defaultListener(statement);
        if (listener.has(option.name())) {
            statement.log(
                    LogType.WARNING,
                    "Warning: Default listener port specified multiple times. Only the latest will be used.");
        }
        String port = String.valueOf(port(statement, "port", 1));
        listener.put(option, port, statement);
        listener.set(Keys.PORT, port);
        return port;
    }

    private static int port(Statement statement, String name, int min) throws InvalidConfigException {
        int port = ValueParser.integer(statement, name);
        if (port < min || port > MAX_PORT) {
            throw statement.invalid("Error: Invalid 'port' value (" + port + ").");
        }
        return port;
    }

    private String bindAddress(Option option, Statement statement) throws InvalidConfigException {
        scopes.document().openToOthers();
        Section listener = scopes.defaultListener(statement);
        String host = statement.text();
        if (listener.has(option.name())) {
            throw statement.invalid("Error: Duplicate 'default listener bind_address' value in configuration.");
        }
        listener.put(option, host, statement);
        if (!host.equals(EVERYWHERE)) {
            resolve(host, statement);
            listener.set(Keys.HOST, host);
        }
        return host;
    }

    private static void resolve(String host, Statement statement) throws InvalidConfigException {
        try {
            InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw statement.invalid("Error: Error resolving bind_address: Name or service not known.");
        }
    }

    /** Words other than 3, 4 and 5 name protocols that nobody speaks here. */
    private String acceptProtocolVersions(Option option, Statement statement) throws InvalidConfigException {
        Section listener = scopes.find(option, statement);
        String word = statement.nextWord(", \t");
        if (word == null) {
            throw statement.empty();
        }
        TreeSet<String> versions = new TreeSet<>();
        for (; word != null; word = statement.nextWord(", \t")) {
            if (word.equals("3") || word.equals("4") || word.equals("5")) {
                versions.add(word);
            }
        }
        String value = String.join(",", versions);
        listener.put(option, value, statement);
        return value;
    }

    /** The spelling of the document that announced the option; Mosquitto has {@code enable_proxy_protocol 2}. */
    private String enableProxyProtocolV2(Option option, Statement statement) throws InvalidConfigException {
        Section listener = scopes.find(option, statement);
        boolean on = ValueParser.bool(statement);
        if (on) {
            listener.put(OptionTable.standard().get("enable_proxy_protocol"), "2", statement);
        }
        return String.valueOf(on);
    }
}
