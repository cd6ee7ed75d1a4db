// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import io.culex.codec.ProtocolVersion;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, checked. Immutable.
 *
 * @param server where the broker is
 * @param login who connects
 * @param encryption how the connection is protected
 * @param conversation how it is talked to
 * @param output what is shown
 * @param dataFile {@code -f}: a file to work on in place of a broker; null: none
 */
public record Options(
        Server server,
        Login login,
        Encryption encryption,
        Conversation conversation,
        Output output,
        @Nullable Path dataFile) {
    /**
     * Where the broker is.
     *
     * @param host name or address
     * @param port of TCP
     * @param unix a unix socket in place of both; or null
     * @param webSocket the path of the request when MQTT goes over WebSocket; null: it does not
     * @param via a proxy, or null
     * @param from the local address of the connection; null: any
     * @param noDelay whether Nagle's algorithm is switched off
     * @param named whether any option names a broker, so that there is somewhere to go without being told
     */
    public record Server(
            String host,
            int port,
            @Nullable Path unix,
            @Nullable String webSocket,
            @Nullable Proxy via,
            @Nullable String from,
            boolean noDelay,
            boolean named) {
        /** For messages. */
        public String describe() {
            return unix != null ? unix.toString() : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * A SOCKS5 proxy, which resolves the names of hosts.
     *
     * @param username null: no authentication is offered
     * @param password empty when there is none
     */
    public record Proxy(String host, int port, @Nullable String username, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * Who connects.
     *
     * @param clientId null: one is made up
     * @param username or null
     * @param password null: none, or not asked for yet
     */
    public record Login(@Nullable String clientId, @Nullable String username, @Nullable String password) {
        /** Whether a person still has to be asked for the password. */
        public boolean lacksPassword() {
            return username != null && password == null;
        }

        /** The same with a password. */
        public Login withPassword(@Nullable String other) {
            return new Login(clientId, username, other);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return String.valueOf(username);
        }
    }

    /**
     * How it is talked to.
     *
     * @param version of MQTT
     * @param qos of requests and of the subscription to answers
     * @param limit how long to wait for a connection, and for each answer
     */
    public record Conversation(ProtocolVersion version, int qos, Duration limit) {}

    /**
     * What is shown.
     *
     * @param debug packets and requests, on standard error
     * @param verbose also what succeeds, on standard error
     * @param quiet no errors but those of options
     * @param json answers as they come
     */
    public record Output(boolean debug, boolean verbose, boolean quiet, boolean json) {}

    /** Whether others can read along. */
    public boolean isOpen() {
        return encryption instanceof Encryption.None && server.unix() == null;
    }

    /** The same with another login. */
    public Options withLogin(Login other) {
        return new Options(server, other, encryption, conversation, output, dataFile);
    }
}
