// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plugin that is somebody's jar (the example of the repository): made, changed, refused and removed under live clients. */
class PluginJarTest {
    private static final String BASE =
            """
            user root
            sys_interval 0
            allow_anonymous false
            listener {port} 127.0.0.1
            """;

    private static final int SWAPS = 50;
    private static final Pattern CLASS_LOADERS =
            Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +org\\.apache\\.felix\\.framework\\.\\S*BundleClassLoader\\b");

    private final List<HttpServer> servers = new ArrayList<>();
    private BrokerProcess broker;

    @BeforeEach
    void prepare() {
        Assume.culex();
        broker = BrokerProcess.prepare(BrokerKind.selected());
        copyJar(Map.of());
    }

    @AfterEach
    void end() {
        if (broker != null) {
            broker.close();
        }
        servers.forEach(server -> server.stop(0));
    }

    /** A web server that lets in one user; returns its address. */
    private String letsIn(String user) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            servers.add(server);
            server.createContext("/", exchange -> {
                String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(form.startsWith("username=" + user + "&") ? 200 : 403, -1);
                exchange.close();
            });
            server.start();
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/login";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path jar() {
        return broker.folder().resolve("login.jar");
    }

    /** The example's jar with more headers, in the place of the one before. */
    private void copyJar(Map<String, String> headers) {
        Path built = BrokerKind.assembly()
                .resolve("../../../bundles/example.http/target")
                .normalize();
        try (Stream<Path> files = Files.list(built)) {
            Path original = files.filter(file -> file.toString().endsWith("SNAPSHOT.jar"))
                    .findFirst()
                    .orElseThrow();
            Path next = broker.folder().resolve("next.jar");
            rewrite(original, next, headers);
            Files.move(next, jar(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rewrite(Path from, Path to, Map<String, String> headers) throws IOException {
        try (JarFile in = new JarFile(from.toFile())) {
            Manifest manifest = in.getManifest();
            headers.forEach(manifest.getMainAttributes()::putValue);
            try (OutputStream file = Files.newOutputStream(to);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (var entry : in.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        try (InputStream content = in.getInputStream(entry)) {
                            content.transferTo(out);
                        }
                    }
                }
            }
        }
    }

    private static String plugin(String url) {
        return BASE + "plugin {dir}/login.jar\nplugin_opt_url " + url + "\n";
    }

    private void start(String configuration) {
        broker.configure(configuration);
        broker.run(Map.of(), "-c", "{dir}/mosquitto.conf");
        broker.awaitReady();
    }

    /** SIGHUP, and its end. */
    private void reload(String configuration) {
        int taken = broker.logged("Config loaded from");
        int refused = broker.logged("Nothing was changed");
        broker.configure(configuration);
        broker.signal("HUP");
        Await.until(
                Duration.ofSeconds(40),
                () -> "the reload\n" + broker.log(),
                () -> broker.logged("Config loaded from") + broker.logged("Nothing was changed") > taken + refused);
    }

    private int answer(String user) {
        return Clients.answer(broker.address(), V5, Connect.as(user).user(user).password("p"))
                .reason();
    }

    private WireClient connected(String user) {
        return Clients.connected(
                broker.address(), V5, Connect.as(user + "-live").user(user).password("p"));
    }

    private static void stillWorks(WireClient client) {
        client.publish("t", "hello", 1);
        client.acknowledge(client.expectPublish("hello"));
    }

    @Test
    void isReconfiguredAndRemovedWhileClientsAreConnected() {
        start(plugin(letsIn("bob")));
        WireClient bob = connected("bob");
        bob.subscribe("t", 1);
        assertEquals(0x87, answer("eve"));
        assertEquals(5, Clients.answer(broker.address(), V311, Connect.as("a")).reason());

        reload(plugin(letsIn("eve")));
        stillWorks(bob);
        assertEquals(0x87, answer("bob"));
        assertEquals(0, answer("eve"));

        reload(BASE);
        assertEquals(0x87, bob.expectEnd());
        assertEquals(0x87, answer("eve"));
    }

    @Test
    void aChangedJarIsTakenAndTheOldOneGoes() {
        String url = letsIn("bob");
        start(plugin(url));
        WireClient bob = connected("bob");
        bob.subscribe("t", 1);
        for (int build = 0; build < 3; build++) {
            copyJar(Map.of("Build", String.valueOf(build)));
            reload(plugin(url));
            stillWorks(bob);
            assertEquals(0, answer("bob"));
            assertEquals(0x87, answer("eve"));
        }
        assertEquals(0, broker.logged("Error"), broker.log());
    }

    @Test
    void manySwapsLeaveNoClassLoaderBehind() {
        String url = letsIn("bob");
        start(plugin(url));
        // What the first ones start in the JDK may keep a class loader; it must not be one for each.
        swap(2, url);
        long before = classLoaders();
        swap(SWAPS, url);
        assertEquals(0, broker.logged("Error"), broker.log());
        Await.until(
                Duration.ofSeconds(30),
                () -> before + " class loaders, not " + classLoaders(),
                () -> classLoaders() <= before);
    }

    private void swap(int times, String url) {
        for (int i = 0; i < times; i++) {
            copyJar(Map.of("Build", times + "-" + i));
            reload(plugin(url));
            assertEquals(0, answer("bob"));
        }
    }

    /** How many class loaders of bundles there are; the histogram collects garbage before it counts. */
    private long classLoaders() {
        Matcher line = CLASS_LOADERS.matcher(jcmd("GC.class_histogram"));
        assertTrue(line.find(), "no class loaders of Felix");
        return Long.parseLong(line.group(1));
    }

    private String jcmd(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(broker.pid())));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsRefusedChangesNothing() {
        String url = letsIn("bob");
        start(plugin(url));
        WireClient bob = connected("bob");
        bob.subscribe("t", 1);

        reload(plugin("nonsense"));
        broker.awaitLog("http-login: Error: Invalid 'plugin_opt_url' value (nonsense): not an http or https address.");
        broker.awaitLog("Error found at " + broker.configuration() + ":5.");

        copyJar(Map.of("Fragment-Host", "io.culex.core"));
        reload(plugin(url));
        broker.awaitLog("Error: Unable to load plugin '" + jar() + "': it is a fragment of io.culex.core.");

        copyJar(Map.of("Export-Package", "io.culex.api.auth"));
        reload(plugin(url));
        broker.awaitLog("it exports io.culex.api.auth, which io.culex.");

        copyJar(Map.of("Import-Package", "not.there"));
        reload(plugin(url));
        broker.awaitLog("not.there");

        copyJar(Map.of());
        reload(plugin(url) + "plugin {dir}/none.jar\n");
        broker.awaitLog("none.jar': No such file.");

        stillWorks(bob);
        assertEquals(0, answer("bob"));
        assertEquals(0x87, answer("eve"));
        assertEquals(5, broker.logged("Nothing was changed"));
    }

    @Test
    void aFirstStartWithAWrongPluginEndsWithStatus3() {
        broker.configure(plugin("nonsense"));
        broker.run(Map.of(), "-c", "{dir}/mosquitto.conf");
        assertEquals(3, broker.awaitExit(Duration.ofSeconds(60)));
        assertTrue(broker.log().contains("http-login: Error: Invalid 'plugin_opt_url' value"), broker.log());
    }
}
