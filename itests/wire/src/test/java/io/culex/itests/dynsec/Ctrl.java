// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.dynsec;

import io.culex.itests.real.Program;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A broker with dynamic security, and Debian's {@code mosquitto_ctrl} as its administrator. */
final class Ctrl implements AutoCloseable {
    static final String PASSWORD = "admin-secret";

    private static final String CONFIGURATION =
            """
            user root
            sys_interval 1
            allow_anonymous true
            plugin /usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so
            plugin_opt_config_file {dir}/dynamic-security.json
            """;

    private final BrokerProcess broker;

    private Ctrl(BrokerProcess broker) {
        this.broker = broker;
    }

    /** Runs with a file that {@code mosquitto_ctrl dynsec init} makes. */
    static Ctrl start(BrokerKind kind, String... more) {
        return start(kind, file -> init(file.getParent()), more);
    }

    /** Runs with a file that is made beforehand. */
    static Ctrl start(BrokerKind kind, Consumer<Path> file, String... more) {
        BrokerProcess broker = BrokerProcess.prepare(kind);
        Ctrl ctrl = new Ctrl(broker);
        file.accept(ctrl.file());
        ctrl.configure(more);
        broker.run(Map.of(), "-c", "{dir}/mosquitto.conf");
        broker.awaitReady();
        return ctrl;
    }

    /** With these lines in the configuration. */
    void configure(String... more) {
        broker.configure(CONFIGURATION + String.join("\n", more) + "\nlistener {port} 127.0.0.1\n");
    }

    static void init(Path folder) {
        Program.run(
                        folder,
                        "mosquitto_ctrl",
                        "dynsec",
                        "init",
                        folder.resolve("dynamic-security.json").toString(),
                        "admin",
                        PASSWORD)
                .well();
    }

    BrokerProcess broker() {
        return broker;
    }

    Path file() {
        return broker.folder().resolve("dynamic-security.json");
    }

    /** What {@code mosquitto_ctrl} prints for a command, words separated by spaces. */
    String run(String words) {
        List<String> command = new ArrayList<>(List.of(
                "mosquitto_ctrl",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(broker.address().getPort()),
                "-u",
                "admin",
                "-P",
                PASSWORD,
                "dynsec"));
        command.addAll(List.of(words.split(" ")));
        return Program.run(broker.folder(), command.toArray(new String[0])).output();
    }

    @Override
    public void close() {
        broker.close();
    }
}
