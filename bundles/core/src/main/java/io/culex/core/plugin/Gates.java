// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.config.Generation;
import io.culex.api.config.ListenerSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The gates of the listeners, made of the plugins that are there. A gate that would say the same as the one before is the one
 * before, so that a plugin that goes costs nobody a look who has nothing to do with it. Not for several threads.
 */
final class Gates {
    /** Stands for the store among the plugins that are missing; no plugin can have that name. */
    private static final String STORE = "the store";

    private final BiConsumer<String, Missing> begins;
    private final Map<String, Missing> missing = new HashMap<>();
    private final Map<String, Gate> last = new HashMap<>();

    /** A plugin that a listener needs and that is not there: waited for until its own time is over. */
    static final class Missing {
        private boolean tooLate;
    }

    /**
     * No gate yet.
     *
     * @param begins is told when the waiting for a plugin begins; {@link #giveUp} ends it
     */
    Gates(BiConsumer<String, Missing> begins) {
        this.begins = begins;
    }

    /** The names of the plugins that a generation's listeners ask for. */
    static Set<String> needed(Generation by) {
        return by.listeners().stream()
                .flatMap(door -> door.access().plugins().stream())
                .collect(Collectors.toSet());
    }

    /** The listeners of a generation as they stand with these plugins. */
    Map<String, Scope> scopes(Generation generation, Map<String, Plugin> plugins, boolean storeIsThere) {
        boolean lacksStore = generation.broker().persistent() && !storeIsThere;
        Set<String> needed = needed(generation);
        if (lacksStore) {
            needed.add(STORE);
        }
        missing.keySet().removeIf(name -> plugins.containsKey(name) || !needed.contains(name));
        Map<String, Scope> scopes = new HashMap<>();
        for (ListenerSettings door : generation.listeners()) {
            Gate made = gate(door.access(), plugins, lacksStore);
            Gate gate = last.merge(door.name(), made, (before, now) -> before.isLike(now) ? before : now);
            scopes.put(door.name(), new Scope(door, gate));
        }
        last.keySet().retainAll(scopes.keySet());
        return scopes;
    }

    private Gate gate(ListenerSettings.Access access, Map<String, Plugin> plugins, boolean lacksStore) {
        List<Plugin> chain = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        if (lacksStore) {
            absent.add(STORE);
        }
        for (String name : access.plugins()) {
            Plugin plugin = plugins.get(name);
            if (plugin != null) {
                chain.add(plugin);
            } else {
                absent.add(name);
            }
        }
        return new Gate(state(absent), access.allowAnonymous(), chain);
    }

    private Gate.State state(List<String> absent) {
        Gate.State state = Gate.State.OPEN;
        for (String name : absent) {
            boolean tooLate = missing.computeIfAbsent(name, this::waitFor).tooLate;
            state = tooLate || state == Gate.State.REFUSING ? Gate.State.REFUSING : Gate.State.WAITING;
        }
        return state;
    }

    private Missing waitFor(String name) {
        Missing since = new Missing();
        begins.accept(name, since);
        return since;
    }

    /** Whether the time of one that is missing is over. */
    boolean isTooLate(String name) {
        Missing since = missing.get(name);
        return since != null && since.tooLate;
    }

    /** The time of one that is missing is over; false when it is not missing any more, or again. */
    @SuppressWarnings("ReferenceEquality") // it may have come and be missing again
    boolean giveUp(String name, Missing since) {
        boolean isStillMissing = missing.get(name) == since;
        since.tooLate |= isStillMissing;
        return isStillMissing;
    }
}
