// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Peer;
import io.culex.testkit.RecordedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several authenticators together say. */
class ChainTest {
    private static final Peer PEER = Peer.of("door", null);

    private final RecordedLog log = new RecordedLog();

    private Plugin login(String name, AuthAnswer answer) {
        return new Plugin(new Guard(name, log), request -> CompletableFuture.completedFuture(answer), null, null, null);
    }

    /** SPEC A.4 (end) and B.3, for what the plugins say in their order: - is none, and the user name of the client. */
    @ParameterizedTest
    @CsvSource({
        // answers,       allow_anonymous, user, allowed, by
        "-,               true,  ,    true,  ''",
        "-,               true,  bob, true,  ''",
        "-,               false, ,    false, ''",
        "-,               false, bob, false, ''",
        "IGNORE,          true,  ,    true,  ''",
        "IGNORE,          true,  bob, true,  ''",
        "IGNORE,          false, ,    false, ''",
        "IGNORE,          false, bob, false, ''",
        "IGNORE IGNORE,   true,  bob, true,  ''",
        "DEFER,           true,  ,    false, ''",
        "DEFER,           true,  bob, false, ''",
        "DEFER IGNORE,    true,  ,    false, ''",
        "IGNORE DEFER,    false, bob, false, ''",
        "ALLOW,           false, ,    true,  0",
        "ALLOW DENY,      false, bob, true,  0",
        "DENY ALLOW,      true,  bob, false, 0",
        "DENY,            true,  ,    false, 0",
        "DEFER ALLOW,     false, bob, true,  1",
        "IGNORE ALLOW,    false, bob, true,  1",
        "IGNORE DENY,     true,  bob, false, 1",
        "DEFER DENY,      true,  ,    false, 1",
        "IGNORE DEFER ALLOW, false, bob, true, 2"
    })
    void decidesAsTheTableSays(
            String answers, boolean allowAnonymous, @Nullable String user, boolean allowed, String by) {
        List<Plugin> chain = new ArrayList<>();
        for (String answer : answers.equals("-") ? new String[0] : answers.split(" ", -1)) {
            chain.add(login(
                    String.valueOf(chain.size()),
                    switch (answer) {
                        case "ALLOW" -> AuthAnswer.ALLOW;
                        case "DENY" -> AuthAnswer.DENY;
                        case "DEFER" -> AuthAnswer.DEFER;
                        default -> AuthAnswer.IGNORE;
                    }));
        }
        List<Decision> decisions = new ArrayList<>();
        new Gate(Gate.State.OPEN, allowAnonymous, chain)
                .authenticate(new AuthRequest("id", user, null, 5, PEER), decisions::add);
        assertEquals(1, decisions.size());
        assertEquals(allowed, decisions.get(0).isAllowed());
        assertEquals(by, decisions.get(0).by());
    }
}
