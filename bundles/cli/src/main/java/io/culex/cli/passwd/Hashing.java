// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

import io.culex.security.hash.PasswordHasher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Hashes many passwords on all processors. */
final class Hashing {
    private final PasswordHasher hasher;

    Hashing(PasswordHasher hasher) {
        this.hasher = hasher;
    }

    /** The hashes in the order of the logins. */
    List<String> all(List<Login> logins) throws FailedException {
        List<String> hashes = new ArrayList<>();
        if (logins.size() == 1) {
            hashes.add(one(logins.get(0)));
            return hashes;
        }
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (Login login : logins) {
                work.add(() -> one(login));
            }
            for (Future<String> done : threads.invokeAll(work)) {
                hashes.add(done.get());
            }
            return hashes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("Error: Interrupted.", e);
        } catch (ExecutionException e) {
            throw new FailedException("Error: Unable to hash password: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private String one(Login login) {
        return hasher.hash(login.password()).text();
    }
}
