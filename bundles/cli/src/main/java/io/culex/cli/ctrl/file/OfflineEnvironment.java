// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.file;

import io.culex.auth.dynsec.command.Environment;
import io.culex.auth.dynsec.model.TieOrder;
import io.culex.security.hash.HashKind;
import io.culex.security.hash.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What commands need of their surroundings where there is no broker: nobody is connected. */
final class OfflineEnvironment implements Environment {
    private final int iterations;

    OfflineEnvironment(int iterations) {
        this.iterations = iterations;
    }

    @Override
    public String hash(String password) {
        return new PasswordHasher(HashKind.SHA512_PBKDF2, iterations)
                .hash(password.getBytes(StandardCharsets.UTF_8))
                .text();
    }

    @Override
    public List<String> connections(String username) {
        return List.of();
    }

    @Override
    public TieOrder tieOrder() {
        return TieOrder.INSERTION;
    }
}
