// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.ctrl;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.nio.file.Path;
import java.util.Map;

/** Debian's broker with its own plugin for dynamic security, and a door of every kind. */
final class Mosquitto implements AutoCloseable {
    static final String PASSWORD = "boss's password";
    static final String KEY = "0123456789abcdef";

    private final BrokerProcess broker = BrokerProcess.prepare(BrokerKind.MOSQUITTO);
    private final Path folder = broker.folder();

    /** One whose file Debian's program has made. */
    static Mosquitto start() {
        Mosquitto mosquitto = new Mosquitto();
        new Ctrl(mosquitto.folder)
                .debians("init", mosquitto.file(), "boss", PASSWORD)
                .well();
        mosquitto.run();
        return mosquitto;
    }

    /** One that does not run yet. */
    static Mosquitto prepare() {
        return new Mosquitto();
    }

    private Mosquitto() {
        Authority authority = Authority.root("here");
        Issued.save(folder.resolve("ca.crt"), authority.own().pem());
        Issued.save(folder.resolve("other"), Authority.root("elsewhere").own().pem());
        authority.server().write(folder, "server");
        authority.client("CN=bob").write(folder, "bob");
        Issued.save(folder.resolve("psk"), "device:" + KEY + "\n");
    }

    void run() {
        broker.configure(
                """
                user root
                log_type all
                plugin /usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so
                plugin_opt_config_file {dir}/dynamic-security.json
                listener {port} 127.0.0.1
                listener 0 {dir}/sock
                listener {port:ws} 127.0.0.1
                protocol websockets
                listener {port:tls} 127.0.0.1
                certfile {dir}/server.crt
                keyfile {dir}/server.key
                listener {port:mutual} 127.0.0.1
                certfile {dir}/server.crt
                keyfile {dir}/server.key
                cafile {dir}/ca.crt
                require_certificate true
                listener {port:psk} 127.0.0.1
                psk_file {dir}/psk
                psk_hint hint
                """);
        broker.run(Map.of(), "-c", "{dir}/mosquitto.conf");
        broker.awaitReady();
    }

    String file() {
        return path("dynamic-security.json");
    }

    String path(String name) {
        return folder.resolve(name).toString();
    }

    String port(String name) {
        return Integer.toString(broker.port(name));
    }

    BrokerProcess broker() {
        return broker;
    }

    /** Runs of the tool as the administrator, over TCP. */
    Ctrl boss() {
        return new Ctrl(folder, "-h", "127.0.0.1", "-p", port("main"), "-u", "boss", "-P", PASSWORD);
    }

    @Override
    public void close() {
        broker.close();
    }
}
