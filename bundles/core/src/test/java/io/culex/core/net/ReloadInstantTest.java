// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.UserDirectory;
import io.culex.api.config.ListenerSettings;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A reload between the last look of a login at its gate and the client's being in. */
class ReloadInstantTest {
    private final Hall hall = new Hall();

    @AfterEach
    void stop() {
        hall.close();
    }

    /** Lets everyone in under an entry. */
    private static class Users implements Authenticator, UserDirectory {
        private final String entry;

        Users(String entry) {
            this.entry = entry;
        }

        @Override
        public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
            return CompletableFuture.completedFuture(AuthAnswer.ALLOW);
        }

        @Override
        public String fingerprint(String username) {
            return entry;
        }

        @Override
        public long changes() {
            return 0;
        }
    }

    /** The configuration changes when it is asked for the last time before the client is in. */
    private final class Instant extends Users {
        private volatile @Nullable Thread asked;

        Instant() {
            super("1");
        }

        @Override
        public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
            asked = Thread.currentThread();
            return super.authenticate(request);
        }

        @Override
        public long changes() {
            if (Thread.currentThread() == asked) {
                asked = null;
                CompletableFuture.runAsync(() -> take("other")).join();
            }
            return super.changes();
        }
    }

    private void take(String plugin) {
        hall.take(new ListenerSettings.Access(false, true, "auto-", null, false, List.of(plugin)));
    }

    @Test
    void counts() {
        hall.plugins.bind("other", new Users("2"));
        hall.plugins.bind("instant", new Instant());
        take("instant");
        assertEquals(
                0x87,
                hall.connect(ProtocolVersion.V5, Connect.as("bob").user("bob").password("1"))
                        .expectEnd());
    }
}
