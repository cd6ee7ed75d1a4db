// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertTrue;

import io.culex.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Dictionary;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The ways in which an operator exchanges a plugin. Each returns when another service stands in the place of the old one. */
final class Exchange {
    /** The ways. */
    enum Way {
        /** {@code bundle:update} with the other build. */
        UPDATE,
        /** {@code bundle:stop} and {@code bundle:start}. */
        RESTART,
        /** {@code bundle:refresh}. */
        REFRESH,
        /** A changed file, and a reload. */
        RELOAD,
        /** Another value in ConfigAdmin. */
        CONFIGURE,
        /** Another version of a feature; of a jar that a plugin line names, another jar and a reload. */
        UPGRADE
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SwapHouse house;
    private final ConfigurationAdmin configurations;
    private final FeaturesService features;
    private int changes;

    Exchange(SwapHouse house, ConfigurationAdmin configurations, FeaturesService features) {
        this.house = house;
        this.configurations = configurations;
        this.features = features;
    }

    /** Returns which build it is afterwards. */
    int exchange(Exchanged plugin, Way way) throws Exception {
        int build = plugin.behaviour(house);
        int next = way == Way.UPDATE || way == Way.UPGRADE ? 3 - build : build;
        exchange(plugin, way, next);
        return next;
    }

    void exchange(Exchanged plugin, Way way, int build) throws Exception {
        ServiceReference<?> before = plugin.service(house.context());
        assertTrue("one service of " + plugin, before != null);
        switch (way) {
            case UPDATE -> update(plugin, build);
            case RESTART -> {
                plugin.bundle(house.context()).stop();
                plugin.bundle(house.context()).start();
            }
            case REFRESH -> new Bundles(house.context()).refresh(plugin.bundle(house.context()));
            case RELOAD -> reload(plugin);
            case CONFIGURE -> configure(plugin);
            case UPGRADE -> upgrade(plugin, build);
        }
        Await.until(PATIENCE, () -> "another service of " + plugin + " by " + way, () -> {
            ServiceReference<?> now = plugin.service(house.context());
            return now != null && !now.equals(before);
        });
    }

    private void update(Exchanged plugin, int build) throws Exception {
        try (InputStream in = Files.newInputStream(plugin.jar(house.file(""), build))) {
            plugin.bundle(house.context()).update(in);
        }
    }

    private void reload(Exchanged plugin) throws Exception {
        switch (plugin) {
            case PASSWORDS -> house.touch("passwords");
            case ACL -> house.touch("acl");
            case WEB -> change("plugin_opt_url", "plugin_opt_timeout");
            case DYNSEC -> change("plugin_opt_config_file", "plugin_opt_history");
        }
        house.reload();
    }

    /** Gives an option behind another one a value that it did not have. */
    private void change(String behind, String option) throws IOException {
        Path conf = Path.of(System.getProperty("karaf.etc"), "mosquitto.conf");
        String line = option + " " + (5 + ++changes % 9);
        String text = Files.readString(conf).replaceAll("(?m)^" + option + " .*\n", "");
        Files.writeString(conf, text.replaceFirst("(?m)^(" + behind + " .*\n)", "$1" + line + "\n"));
    }

    private void configure(Exchanged plugin) throws Exception {
        Configuration[] found = configurations.listConfigurations("(culex.plugin=" + plugin.plugin() + ")");
        assertTrue("one configuration of " + plugin, found != null && found.length == 1);
        Dictionary<String, Object> values = found[0].getProperties();
        values.put("note", ++changes);
        found[0].update(values);
    }

    private void upgrade(Exchanged plugin, int build) throws Exception {
        if (plugin == Exchanged.WEB) {
            // Another jar than any before, though it does the same as one of them.
            Path next = house.file("next.jar");
            SecondBuild.write(plugin.jar(house.file(""), build), next, "0.1.0.upgrade" + ++changes, "", "");
            Files.move(next, house.file("login.jar"), StandardCopyOption.REPLACE_EXISTING);
            house.reload();
            return;
        }
        String name = "swap-" + plugin.name();
        int number = repositories() + 1;
        Path repository = house.file("features-" + number + ".xml");
        Files.writeString(
                repository,
                """
                <features name="swap-%d" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="%s" version="%d"><bundle start-level="80">%s</bundle></feature>
                </features>
                """
                        .formatted(
                                number,
                                name,
                                number,
                                plugin.jar(house.file(""), build).toUri()));
        features.addRepository(repository.toUri());
        List<Bundle> old = List.of(plugin.bundle(house.context()));
        features.installFeature(
                name,
                String.valueOf(number),
                EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles, FeaturesService.Option.Upgrade));
        // One that came with the distribution is none of the features service's: it is left to the operator.
        for (Bundle bundle : old) {
            if (bundle.getState() != Bundle.UNINSTALLED && !bundle.equals(plugin.bundle(house.context()))) {
                bundle.uninstall();
            }
        }
    }

    /** Also those of tests before this one: what one of them has installed must not vanish from its repository. */
    private int repositories() throws IOException {
        try (Stream<Path> files = Files.list(house.file(""))) {
            return (int) files.filter(file -> file.getFileName().toString().startsWith("features-"))
                    .count();
        }
    }
}
