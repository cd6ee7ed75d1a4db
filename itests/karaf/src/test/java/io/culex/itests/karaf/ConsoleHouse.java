// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One broker with its console, as {@code bin/culex --console-port} starts it, for all classes of console tests. */
final class ConsoleHouse {
    private static final ConsoleHouse SHARED = new ConsoleHouse();

    final BrokerProcess broker;
    final Ssh ssh;
    final Path home;
    final Path acl;
    final String persistence = "persistence true\npersistence_location {dir}/store/\n";
    final String configuration;

    private ConsoleHouse() {
        try {
            home = Unpacked.of(System.getProperty("culex.distribution"), "console");
            System.setProperty("culex.assembly", home.toString());
            broker = BrokerProcess.prepare(BrokerKind.CULEX);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
            ssh = Ssh.withKeyIn(broker.folder());
            ssh.authorizeIn(home.resolve("etc"));
            Files.writeString(home.resolve("etc/users.properties"), "sensor = secret,mqtt\nother = secret,viewer\n");
            ssh.port(broker.port("console"));
            acl = Files.writeString(broker.folder().resolve("acl"), "topic readwrite #\n");
            configuration = "listener {port} 127.0.0.1\nallow_anonymous true\nacl_file " + acl + "\n" + persistence;
            broker.configure(configuration);
            broker.run(Map.of(), "-c", broker.configuration().toString(), "--console-port", "{port:console}");
            broker.awaitReady();
            Await.until(Duration.ofSeconds(60), () -> "the commands", this::hasCommands);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The one. */
    static ConsoleHouse shared() {
        return SHARED;
    }

    /** Whether the commands that need the broker are there. */
    boolean hasCommands() {
        try {
            return ssh.run("mqtt:info").text().contains("running")
                    && ssh.run("mqtt:store-info").exit() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    WireClient connect(String id) {
        WireClient client = WireClient.open(broker.address(), ProtocolVersion.V5);
        client.connect(Connect.as(id));
        return client;
    }
}
