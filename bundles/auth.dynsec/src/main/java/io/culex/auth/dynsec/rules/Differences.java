// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.Event;
import io.culex.auth.dynsec.model.TieOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells for whom two configurations differ in what is asked, and in which order; not by which role or group, nor what these are called.
 * Looked at once for all who have the same roles. Belongs to one thread.
 */
public final class Differences {
    private final Configuration before;
    private final Configuration after;
    private final Map<Pair, Boolean> known = new HashMap<>();

    /** The roles of someone in both. */
    private record Pair(Roles before, Roles after) {}

    /** Between these two. */
    public Differences(Configuration before, Configuration after) {
        this.before = before;
        this.after = after;
    }

    /** Whether they concern a client that is in both. */
    public boolean concern(Client old, Client now) {
        return known.computeIfAbsent(new Pair(Roles.of(before, old), Roles.of(after, now)), Differences::differ);
    }

    /** Whether they concern clients without a user name. */
    public boolean concernAnonymous() {
        return differ(new Pair(Roles.ofAnonymous(before), Roles.ofAnonymous(after)));
    }

    private static boolean differ(Pair pair) {
        return Arrays.stream(Event.values())
                .anyMatch(event -> !asked(pair.before(), event).equals(asked(pair.after(), event)));
    }

    private static List<Optional<Acl>> asked(Roles roles, Event event) {
        return CompiledRoles.steps(roles, TieOrder.INSERTION, event).stream()
                .map(step -> Optional.ofNullable(step.acl()))
                .toList();
    }
}
