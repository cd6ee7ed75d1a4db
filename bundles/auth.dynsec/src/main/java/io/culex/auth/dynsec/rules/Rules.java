// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import io.culex.api.message.TopicFilter;
import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.Event;
import io.culex.auth.dynsec.model.TieOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says about accesses. Roles are compiled when the first client that has them is asked for, once for all who
 * have the same, and are taken over from the configuration before when they have not changed. Any thread; does not block.
 */
public final class Rules {
    private static final String CONTROL = "$CONTROL";

    private final Configuration configuration;
    private final TieOrder order;
    private final Map<Roles, CompiledRoles> before;
    private final Map<Roles, CompiledRoles> compiled = new ConcurrentHashMap<>();
    private final Map<String, CompiledRoles> clients = new ConcurrentHashMap<>();
    private volatile @Nullable CompiledRoles anonymous;

    private Rules(Configuration configuration, TieOrder order, Map<Roles, CompiledRoles> before) {
        this.configuration = configuration;
        this.order = order;
        this.before = before;
        // Looked for here, for all clients, and not on the event loop of the first that is asked for.
        configuration.groupsOf("");
    }

    /** Of a configuration. */
    public static Rules of(Configuration configuration, TieOrder order) {
        return new Rules(configuration, order, Map.of());
    }

    /** Of the configuration that follows. */
    public Rules next(Configuration following) {
        return new Rules(following, order, compiled);
    }

    /**
     * Decides one access.
     *
     * @param username null: a client without one
     * @param topic the Topic Name, or the Topic Filter of a subscription
     */
    public Decision decide(Event event, @Nullable String username, String clientId, String topic) {
        CompiledRoles roles = username == null ? anonymous() : client(username);
        if (roles == null) {
            return Decision.UNKNOWN;
        }
        Decision decision = roles.decide(event, new Names(username, clientId), topic);
        if (decision != null) {
            return decision;
        }
        if (!configuration.defaultAccess().allows(event)) {
            return Decision.DEFAULT_DENIES;
        }
        return TopicFilter.inner(topic).startsWith(CONTROL) ? Decision.CONTROL : Decision.DEFAULT_ALLOWS;
    }

    /** What is asked for a client and an event, in order; empty for one that is not there. */
    List<Step> steps(Event event, @Nullable String username) {
        Client client = username == null ? null : configuration.clients().get(username);
        if (username != null && client == null) {
            return List.of();
        }
        Roles roles = client == null ? Roles.ofAnonymous(configuration) : Roles.of(configuration, client);
        return CompiledRoles.steps(roles, order, event);
    }

    private CompiledRoles anonymous() {
        CompiledRoles known = anonymous;
        if (known == null) {
            known = compiled(Roles.ofAnonymous(configuration));
            anonymous = known;
        }
        return known;
    }

    private @Nullable CompiledRoles client(String username) {
        CompiledRoles known = clients.get(username);
        if (known != null) {
            return known;
        }
        Client client = configuration.clients().get(username);
        if (client == null) {
            return null;
        }
        known = compiled(Roles.of(configuration, client));
        clients.put(username, known);
        return known;
    }

    private CompiledRoles compiled(Roles roles) {
        return compiled.computeIfAbsent(roles, key -> {
            CompiledRoles old = before.get(key);
            return old == null ? new CompiledRoles(key, order) : old;
        });
    }
}
