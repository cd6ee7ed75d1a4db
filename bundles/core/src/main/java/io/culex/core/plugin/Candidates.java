// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.log.BrokerLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The services of plugins that are there, with the parts of each that are bound so far. Any thread. */
final class Candidates {
    private static final long BIND_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Map<Long, Candidate> byService = new HashMap<>();
    private final BrokerLog log;

    Candidates(BrokerLog log) {
        this.log = log;
    }

    synchronized Candidate add(Class<?> kind, Object service, Map<String, Object> properties) {
        Candidate candidate = byService.computeIfAbsent(
                id(properties), id -> new Candidate(Candidate.nameOf(properties), properties, log));
        candidate.put(kind, service);
        markParts(candidate);
        notifyAll();
        return candidate;
    }

    /** Of several services of one plugin only one would be asked: none of them is, until all have gone. */
    private void markParts(Candidate of) {
        List<Candidate> parts =
                byService.values().stream().filter(of::isPartWith).toList();
        if (parts.size() > 1) {
            parts.forEach(Candidate::markPart);
        }
    }

    /** What is wrong with a plugin of several services. */
    static String severalServices(String name) {
        return "Error: Plugin " + name + " offers several services; one must offer all that decides about clients.";
    }

    /** Takes one part away; null when there is no such service. */
    synchronized @Nullable Candidate remove(Class<?> kind, Map<String, Object> properties) {
        Candidate leaving = byService.get(id(properties));
        if (leaving != null) {
            leaving.remove(kind);
            if (leaving.isEmpty()) {
                byService.remove(id(properties));
            }
        }
        return leaving;
    }

    private static long id(Map<String, Object> properties) {
        return properties.get("service.id") instanceof Long number ? number : 0;
    }

    /** The plugins of a generation that are there, by name. */
    synchronized Map<String, Plugin> plugins(Generation of) {
        Map<String, Plugin> plugins = new HashMap<>();
        serving(of).forEach((name, candidate) -> plugins.put(name, candidate.plugin()));
        return plugins;
    }

    /** The best service of each of those plugins, by name. */
    synchronized Map<String, Candidate> serving(Generation of) {
        Map<String, Candidate> best = new HashMap<>();
        byService.values().stream()
                .filter(candidate -> candidate.isComplete() && !candidate.isPart() && candidate.isMeantBy(of))
                .sorted(Candidate.BEST_FIRST)
                .forEach(candidate -> best.putIfAbsent(candidate.name(), candidate));
        return best;
    }

    /**
     * Waits, bounded, for those of the names that the generation has made, so that no gate has to wait for them. Who made them
     * has seen them already.
     *
     * @throws GenerationRefusedException when one does not come: it offers nothing that decides
     */
    synchronized void await(Generation next, Set<String> names) throws GenerationRefusedException {
        long end = System.nanoTime() + BIND_NANOS;
        for (String name : names) {
            refuseSeveral(next, name);
            while (next.plugins().containsKey(name) && !plugins(next).containsKey(name)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new GenerationRefusedException(
                            GenerationRefusedException.Kind.CONFIGURATION,
                            "Error: Plugin " + name + " offers nothing that decides about clients.");
                }
                pause(left, name);
                refuseSeveral(next, name);
            }
        }
    }

    /** Only one service of a name decides: with a part of a plugin in another one, a gate would open to half of it. */
    private void refuseSeveral(Generation next, String name) throws GenerationRefusedException {
        boolean several = byService.values().stream()
                .anyMatch(
                        candidate -> candidate.name().equals(name) && candidate.isPart() && candidate.isMeantBy(next));
        if (several) {
            throw new GenerationRefusedException(GenerationRefusedException.Kind.CONFIGURATION, severalServices(name));
        }
    }

    private void pause(long millis, String name) throws GenerationRefusedException {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GenerationRefusedException(
                    GenerationRefusedException.Kind.SYSTEM, "Error: Interrupted while waiting for " + name + ".", e);
        }
    }
}
