// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.proxy;

import io.culex.itests.real.Program;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One broker with the listeners of every example, and one HAProxy with their frontends. */
final class HaproxyHouse implements AutoCloseable {
    static final List<String> BEHIND_HEADERS =
            List.of("proxy", "proxy-v1", "proxy-termination", "proxy-mutual-tls", "proxy-identity");
    private static final List<String> OTHERS = List.of("passthrough", "passthrough-tls", "termination", "mutual-tls");

    private final BrokerProcess broker;
    private final Process haproxy;

    private HaproxyHouse(BrokerProcess broker, Process haproxy) {
        this.broker = broker;
        this.haproxy = haproxy;
    }

    static HaproxyHouse start() throws IOException {
        BrokerProcess broker = BrokerProcess.prepare(BrokerKind.CULEX);
        Path dir = broker.folder();
        writeCertificates(dir);
        Files.writeString(dir.resolve("acl"), "topic a\nuser device\ntopic a\ntopic write device/#\n");
        StringBuilder listeners = new StringBuilder("user root\nallow_anonymous true\nacl_file " + dir + "/acl\n");
        StringBuilder frontends = new StringBuilder(common(dir));
        for (String example : BEHIND_HEADERS) {
            listeners.append(listener(example, broker));
            frontends.append(frontend(example, broker, dir));
        }
        for (String example : OTHERS) {
            listeners.append(listener(example, broker));
            // Without the PROXY protocol the broker cannot know a health check from a client.
            frontends.append(frontend(example, broker, dir).replaceAll(" check.*", ""));
        }
        frontends.append(
                """
                frontend plain
                  bind 127.0.0.1:%d
                  default_backend proxy-termination
                frontend uncertified
                  bind 127.0.0.1:%d ssl crt %s/certs/
                  default_backend proxy-mutual-tls
                frontend ciphered
                  bind 127.0.0.1:%d ssl crt %s/certs/
                  default_backend ciphered
                backend ciphered
                  server s 127.0.0.1:%d send-proxy-v2-ssl proxy-v2-options ssl-cipher
                """
                        .formatted(
                                broker.port("f_plain"),
                                broker.port("f_uncertified"),
                                dir,
                                broker.port("f_ciphered"),
                                dir,
                                broker.port("proxy-termination")));
        Files.writeString(dir.resolve("haproxy.cfg"), frontends);
        broker.configure(listeners.toString());
        Process haproxy = new ProcessBuilder(
                        "haproxy", "-f", dir.resolve("haproxy.cfg").toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("haproxy.out").toFile())
                .start();
        broker.run(Map.of(), "-c", broker.configuration().toString());
        broker.awaitReady();
        return new HaproxyHouse(broker, haproxy);
    }

    private static void writeCertificates(Path dir) throws IOException {
        Authority root = Authority.root("Root");
        Issued server = root.server();
        Path certs = Files.createDirectory(dir.resolve("certs"));
        server.write(dir, "server");
        Issued.save(certs.resolve("server.pem"), server.pem() + server.keyPkcs8());
        Issued.save(dir.resolve("root.pem"), root.own().pem());
        Issued.save(dir.resolve("client-ca.crt"), root.own().pem());
        root.client("CN=device").write(dir, "device");
        root.client("O=Nobody").write(dir, "nameless");
    }

    private static String common(Path dir) throws IOException {
        String text = example("common.cfg")
                .lines()
                .filter(line -> !line.matches(" +(log|user|group) .*"))
                .collect(Collectors.joining("\n"));
        return text.replace("global\n", "global\n  stats socket " + dir.resolve("haproxy.sock") + "\n") + "\n";
    }

    private static String frontend(String example, BrokerProcess broker, Path dir) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : example(example + ".cfg").lines().toList()) {
            for (String host : line.contains("bind ") ? List.of("127.0.0.1", "[::1]") : List.of("")) {
                text.append(line.replaceFirst("\\*:(1883|8883)", host + ":" + broker.port("f_" + example)))
                        .append('\n');
            }
        }
        return text.toString()
                .replace("mqtt_frontend", "f_" + example)
                .replace("mqtt_backend", example)
                .replace("/etc/haproxy/", dir + "/")
                .replace("127.0.0.1:1884", "127.0.0.1:" + broker.port(example))
                .replace(" check", " check inter 100ms");
    }

    private static String listener(String example, BrokerProcess broker) throws IOException {
        return example(example + ".conf")
                .replace("listener 1884 ", "listener " + broker.port(example) + " ")
                .replace("/etc/culex/certs/", broker.folder() + "/");
    }

    private static String example(String name) throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("etc/haproxy"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("etc/haproxy").resolve(name));
    }

    BrokerProcess broker() {
        return broker;
    }

    int frontend(String example) {
        return broker.port("f_" + example);
    }

    String file(String name) {
        return broker.folder().resolve(name).toString();
    }

    /** What mosquitto_pub needs besides the address. */
    static String[] options(String example, HaproxyHouse house) {
        List<String> options = new ArrayList<>();
        if (example.matches(".*(tls|termination|identity)")) {
            options.addAll(List.of("--cafile", house.file("root.pem")));
        }
        if (example.matches(".*(mutual-tls|identity)")) {
            options.addAll(List.of("--cert", house.file("device.crt"), "--key", house.file("device.key")));
        }
        return options.toArray(String[]::new);
    }

    Program pub(String frontend, String from, String id, String... more) {
        boolean six = from.contains(":");
        List<String> command = new ArrayList<>(List.of(
                "mosquitto_pub",
                "-h",
                six ? "::1" : "127.0.0.1",
                "-p",
                Integer.toString(frontend(frontend)),
                "-A",
                from,
                "-i",
                id,
                "-t",
                "a",
                "-m",
                "b",
                "-q",
                "1"));
        command.addAll(List.of(more));
        if (six && List.of(more).contains("--cafile")) {
            command.add("--insecure");
        }
        return Program.run(broker.folder(), command.toArray(String[]::new));
    }

    /** Of how many servers HAProxy says that its last health check passed. */
    int checksPassed() {
        UnixDomainSocketAddress socket =
                UnixDomainSocketAddress.of(broker.folder().resolve("haproxy.sock"));
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(socket);
            channel.write(ByteBuffer.wrap("show stat\n".getBytes(StandardCharsets.US_ASCII)));
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
            return (int) answer.lines()
                    .filter(line -> line.contains(",server1,") && line.contains("OK,"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        haproxy.destroy();
        broker.close();
    }
}
