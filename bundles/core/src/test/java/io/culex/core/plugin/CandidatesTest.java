// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.PluginProperties;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.testkit.RecordedLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A plugin whose parts are several services of one bundle: one of them alone must not open a gate. */
class CandidatesTest {
    private static final Authenticator LOGIN = request -> CompletableFuture.completedFuture(AuthAnswer.ALLOW);

    private final RecordedLog log = new RecordedLog();
    private final Candidates candidates = new Candidates(log);
    private final Generation now = new Generation(1, "run", BrokerSettings.DEFAULTS, List.of(), Map.of("p", 1L));

    private static Map<String, Object> service(long id, long bundle, long generation, Class<?> kind) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(PluginProperties.NAME, "p");
        properties.put(PluginProperties.GENERATION, generation);
        properties.put(PluginProperties.ORIGIN, "config:run");
        properties.put("service.id", id);
        properties.put("service.bundleid", bundle);
        properties.put("objectClass", new String[] {kind.getName()});
        return properties;
    }

    private void add(long id, long bundle, long generation, Class<?> kind) {
        candidates.add(kind, kind == Authenticator.class ? LOGIN : new Both(), service(id, bundle, generation, kind));
    }

    private Set<String> serving() {
        return candidates.serving(now).keySet();
    }

    @Test
    void aSecondServiceOfTheBundleShutsTheGateThatTheFirstHasOpened() {
        add(1, 7, 1, Authenticator.class);
        assertEquals(Set.of("p"), serving());
        add(2, 7, 1, Authorizer.class);
        assertEquals(Set.of(), serving());
    }

    @Test
    void thatIsLogged() {
        PluginRegistry registry = new PluginRegistry(
                () -> {
                    throw new AssertionError("nothing goes");
                },
                CoreLog.of(log),
                new FakeScheduler());
        registry.commit(now);
        registry.bindAuthenticator(LOGIN, service(1, 7, 1, Authenticator.class));
        assertEquals(List.of(), log.errors());
        registry.bindAuthorizer(new Both(), service(2, 7, 1, Authorizer.class));
        assertEquals(1, log.count("Error: Plugin p offers several services; one must offer all that decides"));
        registry.deactivate();
    }

    @Test
    void whatIsLeftOfItOpensNothingWhileItGoes() {
        add(1, 7, 1, Authenticator.class);
        add(2, 7, 1, Authorizer.class);
        candidates.remove(Authorizer.class, service(2, 7, 1, Authorizer.class));
        assertEquals(Set.of(), serving());
        candidates.remove(Authenticator.class, service(1, 7, 1, Authenticator.class));
        add(3, 7, 1, Authenticator.class);
        assertEquals(Set.of("p"), serving());
    }

    @Test
    void theOneOfAnotherGenerationAndThatOfATwinHarmNobody() {
        add(1, 7, 1, Authenticator.class);
        add(2, 7, 2, Authenticator.class);
        add(3, 8, 1, Authenticator.class);
        assertEquals(Set.of("p"), serving());
    }
}
