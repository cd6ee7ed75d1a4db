// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import io.culex.api.auth.PluginProperties;
import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.log.LogType;
import io.culex.config.plugin.PluginJar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Components by factory configurations {@code PID~name.gN} in the configuration admin. Everything it makes carries the mark
 * of this run, and it touches nothing else.
 */
public final class FactoryConfigurations implements Provisioner {
    private final ConfigurationAdmin admin;
    private final Readiness readiness;
    private final JarBundles jars;
    private final String origin;
    private final BiConsumer<LogType, String> log;
    private Map<String, Made> inForce = Map.of();

    /** Those of one run. */
    public FactoryConfigurations(
            ConfigurationAdmin admin,
            Readiness readiness,
            JarBundles jars,
            String runId,
            BiConsumer<LogType, String> log) {
        this.admin = admin;
        this.readiness = readiness;
        this.jars = jars;
        this.origin = Generation.origin(runId);
        this.log = log;
    }

    @Override
    public void clean() {
        for (Configuration configuration : list("(" + PluginProperties.ORIGIN + "=*)")) {
            Object by = configuration.getProperties().get(PluginProperties.ORIGIN);
            if (by instanceof String mark && Generation.isOrigin(mark) && !mark.equals(origin)) {
                delete(configuration);
            }
        }
        jars.keepOnly(Set.of());
    }

    @Override
    public Round prepare(long generation, List<Provision> wanted) throws GenerationRefusedException {
        return prepare(generation, wanted, false);
    }

    @Override
    public void attempt(long generation, List<Provision> wanted) throws GenerationRefusedException {
        prepare(generation, wanted, true).undo();
    }

    private Round prepare(long generation, List<Provision> wanted, boolean trial) throws GenerationRefusedException {
        warnOfOthers(wanted);
        Map<String, Made> next = new LinkedHashMap<>();
        List<Made> fresh = new ArrayList<>();
        try {
            for (Provision provision : wanted) {
                Made before = inForce.get(provision.name());
                if (before != null && provision.isServedBy(before.provision()) && stands(before)) {
                    next.put(provision.name(), before);
                } else {
                    PluginJar jar = provision.source().jar();
                    if (jar != null) {
                        jars.provide(jar);
                    }
                    Made made = make(provision, generation, trial);
                    fresh.add(made);
                    next.put(provision.name(), made);
                }
            }
            readiness.await(fresh);
        } catch (GenerationRefusedException | RuntimeException e) {
            undo(fresh);
            throw e;
        }
        return new Prepared(next, fresh);
    }

    private Made make(Provision provision, long generation, boolean trial) throws GenerationRefusedException {
        String name = provision.name().replaceAll("[^A-Za-z0-9._-]", "_") + ".g" + generation;
        try {
            Configuration configuration = admin.getFactoryConfiguration(provision.pid(), name, provision.location());
            // Two names may be one when written with fewer characters.
            for (int i = 2; configuration.getProperties() != null; i++) {
                configuration = admin.getFactoryConfiguration(provision.pid(), name + "-" + i, provision.location());
            }
            Hashtable<String, Object> properties = properties(provision, generation);
            if (trial) {
                properties.put(PluginProperties.TRIAL, true);
            }
            configuration.update(properties);
            return new Made(provision, generation, origin, configuration.getPid());
        } catch (IOException e) {
            throw new GenerationRefusedException(
                    GenerationRefusedException.Kind.SYSTEM,
                    "Error: The configuration of " + provision.name() + " cannot be kept: " + e.getMessage(),
                    e);
        } catch (IllegalArgumentException e) {
            throw new GenerationRefusedException(
                    GenerationRefusedException.Kind.CONFIGURATION,
                    "Error: The options of " + provision.name() + " cannot be a configuration: " + e.getMessage(),
                    e);
        }
    }

    private Hashtable<String, Object> properties(Provision provision, long generation) {
        Hashtable<String, Object> properties = new Hashtable<>(provision.properties());
        properties.put(PluginProperties.NAME, provision.name());
        properties.put(PluginProperties.GENERATION, generation);
        properties.put(PluginProperties.ORIGIN, origin);
        return properties;
    }

    /**
     * Whether what was made is as it was made. It may have been removed or changed by hand since, or have failed when its bundle was
     * exchanged: then it is made again, as the file says. A store is not made anew while the broker runs.
     */
    private boolean stands(Made made) {
        if (!made.provision().fixed() && (readiness.hasFailed(made) || isWithoutJar(made))) {
            return false;
        }
        for (Configuration found : list("(service.pid=" + Readiness.escape(made.pid()) + ")")) {
            Map<String, Object> expected = options(properties(made.provision(), made.generation()));
            if (made.provision().fixed() || options(found.getProperties()).equals(expected)) {
                return true;
            }
            log.accept(
                    LogType.WARNING,
                    "Warning: The configuration " + made.pid() + " was changed by hand; it is made anew as"
                            + " mosquitto.conf says.");
        }
        return false;
    }

    private boolean isWithoutJar(Made made) {
        PluginJar jar = made.provision().source().jar();
        return jar != null && !jars.holds(jar);
    }

    /** Without what the configuration admin, or a console, adds. */
    private static Map<String, Object> options(Dictionary<String, Object> properties) {
        Map<String, Object> options = new HashMap<>();
        for (String key : Collections.list(properties.keys())) {
            if (!key.startsWith("service.") && !key.startsWith("felix.fileinstall.")) {
                options.put(key, properties.get(key));
            }
        }
        return options;
    }

    /** Someone else's configuration under the name of a plugin of the file: the file wins, and says so. */
    private void warnOfOthers(List<Provision> wanted) {
        Map<String, String> others = new HashMap<>();
        for (Configuration configuration :
                list("(&(" + PluginProperties.NAME + "=*)(!(" + PluginProperties.ORIGIN + "=*)))")) {
            others.put(
                    String.valueOf(configuration.getProperties().get(PluginProperties.NAME)), configuration.getPid());
        }
        for (Provision provision : wanted) {
            String other = others.get(provision.name());
            if (other != null) {
                log.accept(
                        LogType.WARNING,
                        "Warning: The configuration " + other + " also names plugin " + provision.name()
                                + ", which mosquitto.conf configures; it is not used.");
            }
        }
    }

    private List<Configuration> list(String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("the configuration admin does not answer: " + e.getMessage(), e);
        }
    }

    private void undo(Collection<Made> fresh) {
        remove(fresh, inForce.values());
    }

    /**
     * The jars first: they take their services with them on this thread. Those of a configuration go on another one, which may come
     * to it when the classes are gone already, and then nobody who uses them is told.
     */
    private void remove(Collection<Made> gone, Collection<Made> used) {
        jars.keepOnly(locations(used));
        gone.forEach(this::delete);
    }

    private static Set<String> locations(Collection<Made> made) {
        return made.stream().map(one -> one.provision().location()).collect(Collectors.toSet());
    }

    private void delete(Made made) {
        list("(service.pid=" + Readiness.escape(made.pid()) + ")").forEach(this::delete);
    }

    private void delete(Configuration configuration) {
        String pid = configuration.getPid();
        try {
            configuration.delete();
        } catch (IOException e) {
            // It opens nothing: no generation names it, and the next start removes it.
            log.accept(LogType.ERROR, "Error: The configuration " + pid + " cannot be removed: " + e.getMessage());
        }
    }

    private final class Prepared implements Round {
        private final Map<String, Made> next;
        private final Collection<Made> fresh;

        private Prepared(Map<String, Made> next, Collection<Made> fresh) {
            this.next = next;
            this.fresh = fresh;
        }

        @Override
        public Map<String, Long> generations() {
            Map<String, Long> generations = new HashMap<>();
            next.forEach((name, made) -> generations.put(name, made.generation()));
            return generations;
        }

        @Override
        public void keep() {
            Set<Made> used = Set.copyOf(next.values());
            Collection<Made> before = inForce.values();
            inForce = Map.copyOf(next);
            remove(before.stream().filter(made -> !used.contains(made)).toList(), used);
        }

        @Override
        public void undo() {
            FactoryConfigurations.this.undo(fresh);
        }
    }
}
