// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import io.culex.api.config.Reload;
import io.culex.itests.karaf.load.Crowd;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Ports;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** A broker whose plugins are exchanged: its files, its listeners, and the bundles that must never be touched by that. */
final class SwapHouse implements AutoCloseable {
    static final String USER = "user1";
    static final String PASSWORD = "secret";

    private static final String FOLDER = "culex.swap.folder";
    private static final String GUARDED = "culex.swap.guarded";
    private static final String FREE = "culex.swap.free";

    /** Of {@code secret}. */
    private static final String SALT =
            "9YC1Lzxie9QA3RkhKdKslEAHb6TUq278Z9BPJSOq4NgkNVf8o5E2Q0e3k8VavI4ZsBH2LSvxCQANFuhgdCSMbQ==";

    private static final String HASH =
            "Espj5mmRMZPJYjMO7c1dJsss5ys2nOG4Lc4YfzmPB00VkVFgdPtbPB7IbbYKgtJBVaScj9Lf+KIM48T/PvOZQg==";

    private static final String USERS = "user1:$7$1000$" + SALT + "$" + HASH + "\n";

    private static final String RULES =
            """
            user user1
            topic readwrite load/#
            topic readwrite own/#
            topic readwrite come/#
            """;

    private static final String BASE =
            "io\\.culex\\.(api|codec|transport|core|config|log|process)|io\\.netty\\.(common|buffer|resolver|transport.*)";

    private final BundleContext context;
    private final Reload reload;
    private final LoginServer server;
    private int written;

    SwapHouse(BundleContext context, Reload reload) throws IOException {
        this.context = context;
        this.reload = reload;
        this.server = new LoginServer(PASSWORD);
        Await.until(
                Duration.ofSeconds(60), () -> "the listener", () -> BrokerProcess.accepts(Integer.getInteger(FREE)));
    }

    /** The container; outside of it. */
    static Option[] options() throws IOException {
        Path folder = Files.createTempDirectory("culex-swap-");
        int free = Ports.free();
        for (Exchanged plugin : Exchanged.values()) {
            plugin.build(folder);
        }
        Files.writeString(folder.resolve("culex.conf"), free(free));
        return Distribution.with(
                "framework, culex-broker, scr",
                folder.resolve("culex.conf"),
                Map.of(
                        FOLDER,
                        folder,
                        GUARDED,
                        Ports.free(),
                        FREE,
                        free,
                        "culex.swap.rounds",
                        System.getProperty("culex.swap.rounds", "2"),
                        "culex.chaos.seconds",
                        System.getProperty("culex.chaos.seconds", "30"),
                        "culex.chaos.seed",
                        System.getProperty("culex.chaos.seed", "0")));
    }

    /** What nobody may take while a plugin is away for seconds waits in queues that hold as much. */
    private static String free(int port) {
        return """
                connection_messages false
                sys_interval 1
                max_inflight_messages 100
                max_queued_messages 100000
                listener %d 127.0.0.1
                listener_allow_anonymous true
                """
                .formatted(port);
    }

    Path file(String name) {
        return Path.of(System.getProperty(FOLDER), name);
    }

    BundleContext context() {
        return context;
    }

    LoginServer server() {
        return server;
    }

    Crowd.Doors doors() {
        return new Crowd.Doors(
                Ports.local(Integer.getInteger(GUARDED)),
                UnixDomainSocketAddress.of(file("socket")),
                Ports.local(Integer.getInteger(FREE)));
    }

    /** The configuration in which two listeners have these plugins, and one has none. */
    void take(List<Exchanged> plugins, String... more) throws IOException {
        Files.writeString(file("passwords"), USERS);
        Files.writeString(file("acl"), RULES);
        Files.writeString(file("dynsec.json"), dynamicSecurity());
        StringBuilder guard = new StringBuilder();
        StringBuilder conf = new StringBuilder(String.join("\n", more)).append('\n');
        for (Exchanged plugin : plugins) {
            conf.append(plugin.lines(this));
            guard.append("plugin_use ").append(plugin.plugin()).append('\n');
        }
        guard.append("listener_allow_anonymous ")
                .append(plugins.equals(List.of(Exchanged.ACL)))
                .append('\n');
        conf.append(free(Integer.getInteger(FREE)))
                .append("listener ")
                .append(System.getProperty(GUARDED))
                .append(" 127.0.0.1\n")
                .append(guard)
                .append("listener 0 ")
                .append(file("socket"))
                .append('\n')
                .append(guard);
        Files.writeString(Path.of(System.getProperty("karaf.etc"), "mosquitto.conf"), conf);
        reload();
    }

    /** The same in JSON. */
    private static String dynamicSecurity() {
        String acls = Stream.of("load", "own", "come")
                .flatMap(topic -> Stream.of("publishClientSend", "publishClientReceive", "subscribePattern")
                        .map(type -> "{\"acltype\":\"%s\",\"topic\":\"%s/#\",\"allow\":true}".formatted(type, topic)))
                .collect(Collectors.joining(","));
        return """
                {"clients":[{"username":"user1","password":"%s","salt":"%s","iterations":1000,"roles":[{"rolename":"r"}]}],
                 "groups":[],"roles":[{"rolename":"r","acls":[
                 {"acltype":"subscribeLiteral","topic":"#","allow":true},%s]}],
                 "defaultACLAccess":{"publishClientSend":false,"publishClientReceive":false,"subscribe":false,
                 "unsubscribe":true}}
                """
                .formatted(HASH, SALT, acls);
    }

    void reload() {
        Reload.Result result = reload.reload();
        if (!result.changed()) {
            throw new AssertionError(result.message());
        }
    }

    /** Another content that says the same. */
    void touch(String name) throws IOException {
        Path file = file(name);
        String text = Files.readString(file).replaceAll("(?m)^#.*\n", "");
        Files.writeString(file, text + "# " + ++written + "\n");
    }

    /** State, age and wiring of what must never be touched by a plugin. */
    Map<String, String> base() {
        Map<String, String> states = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getSymbolicName().matches(BASE)) {
                states.put(
                        bundle.getSymbolicName(),
                        bundle.getState() + " " + bundle.getLastModified() + " "
                                + System.identityHashCode(bundle.adapt(BundleWiring.class)));
            }
        }
        return states;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
