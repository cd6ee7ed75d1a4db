// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.admin.PluginInfo;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.auth.PluginProperties;
import io.culex.api.auth.UserDirectory;
import io.culex.api.config.Generation;
import io.culex.api.intercept.Interceptor;
import io.culex.api.log.BrokerLog;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One registered service of a plugin name. A service with several interfaces comes in parts, one per reference: until all of
 * them are there, it is not a plugin, so that no gate ever opens with half of one.
 */
final class Candidate {
    /** The best first: highest ranking, then the older service, as the framework orders them. */
    static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingInt((Candidate c) -> c.ranking).reversed().thenComparingLong(c -> c.serviceId);

    private static final List<Class<?>> KINDS = List.of(
            Authenticator.class, EnhancedAuthenticator.class, Authorizer.class, Interceptor.class, UserDirectory.class);

    private final String name;
    private final long serviceId;
    private final int ranking;
    /** The number of the bundle that offers it; -1: not known. */
    private final long bundle;

    private final List<String> objectClass;
    private final Belonging belonging;
    private final boolean denySpecialChars;
    private final Guard guard;
    private final Map<Class<?>, Object> parts = new HashMap<>();
    private boolean isPart;

    Candidate(String name, Map<String, Object> properties, BrokerLog log) {
        this.name = name;
        this.serviceId = properties.get("service.id") instanceof Long id ? id : 0;
        this.ranking = properties.get("service.ranking") instanceof Integer rank ? rank : 0;
        this.bundle = properties.get("service.bundleid") instanceof Long number ? number : -1;
        this.objectClass = properties.get("objectClass") instanceof String[] names ? Arrays.asList(names) : List.of();
        this.belonging = Belonging.of(properties);
        this.denySpecialChars = Boolean.TRUE.equals(properties.get(PluginProperties.DENY_SPECIAL_CHARS));
        this.guard = new Guard(name, log);
    }

    static String nameOf(Map<String, Object> properties) {
        return properties.get(PluginProperties.NAME) instanceof String name ? name : "";
    }

    String name() {
        return name;
    }

    /** What an operator sees of it. */
    PluginInfo info(PluginInfo.State state) {
        List<String> kinds = KINDS.stream()
                .filter(parts::containsKey)
                .map(Class::getSimpleName)
                .toList();
        Long made = belonging.generation();
        return new PluginInfo(name, state, kinds, bundle, made == null ? 0 : made, guard.usage());
    }

    /** Whether the generation means this service. */
    boolean isMeantBy(Generation now) {
        return belonging.isMeantBy(now);
    }

    /** Whether both are services of the same bundle for the same plugin. */
    boolean isPartWith(Candidate other) {
        return bundle >= 0 && bundle == other.bundle && !name.isEmpty() && belonging.equals(other.belonging);
    }

    /** Whether the plugin has more than this service, or had: then it is not asked. */
    boolean isPart() {
        return isPart;
    }

    void markPart() {
        isPart = true;
    }

    Guard guard() {
        return guard;
    }

    void put(Class<?> kind, Object service) {
        parts.put(kind, service);
    }

    void remove(Class<?> kind) {
        parts.remove(kind);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    boolean isComplete() {
        return KINDS.stream().allMatch(kind -> parts.containsKey(kind) || !objectClass.contains(kind.getName()));
    }

    Plugin plugin() {
        return new Plugin(
                guard,
                part(Authenticator.class),
                part(EnhancedAuthenticator.class),
                part(Authorizer.class),
                part(Interceptor.class),
                part(UserDirectory.class),
                denySpecialChars);
    }

    private <T> @Nullable T part(Class<T> kind) {
        return kind.cast(parts.get(kind));
    }
}
