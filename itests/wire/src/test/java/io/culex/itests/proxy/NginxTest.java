// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.proxy;

import io.culex.itests.real.Program;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** nginx as a proxy of streams, which speaks version 1 of the PROXY protocol. */
class NginxTest {
    private static final String STREAM = "/usr/lib/nginx/modules/ngx_stream_module.so";

    @Test
    void clientsOfNginxKeepTheirAddresses() throws IOException {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        try (BrokerProcess broker = BrokerProcess.start(
                BrokerKind.CULEX,
                """
                user root
                allow_anonymous true
                listener {port} 127.0.0.1
                enable_proxy_protocol 1
                proxy_trusted_networks 127.0.0.0/8
                """)) {
            Path dir = broker.folder();
            Files.writeString(
                    dir.resolve("nginx.conf"),
                    """
                    load_module %s;
                    daemon off;
                    user root;
                    pid %s/nginx.pid;
                    error_log %s/nginx.log;
                    events {}
                    stream {
                      server {
                        listen 127.0.0.1:%d;
                        proxy_pass 127.0.0.1:%d;
                        proxy_protocol on;
                      }
                    }
                    """
                            .formatted(STREAM, dir, dir, broker.port("nginx"), broker.port("main")));
            Process nginx = new ProcessBuilder(
                            "nginx", "-c", dir.resolve("nginx.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("nginx.out").toFile())
                    .start();
            try {
                Await.until("nginx to accept", () -> BrokerProcess.accepts(broker.port("nginx")));
                Program.run(
                                dir,
                                "mosquitto_pub",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(broker.port("nginx")),
                                "-A",
                                "127.0.0.2",
                                "-i",
                                "behind-nginx",
                                "-t",
                                "a",
                                "-m",
                                "b",
                                "-q",
                                "1")
                        .well();
                Pattern line = Pattern.compile("New client connected from 127\\.0\\.0\\.2:\\d+ as behind-nginx");
                Await.until(
                        "the client's address", () -> line.matcher(broker.log()).find());
            } finally {
                nginx.destroy();
            }
        }
    }
}
