// SPDX-License-Identifier: Apache-2.0
package io.culex.config.felix;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A plugin that refuses a setting {@code bad} in its constructor, with that as its reason; one with a setting {@code until} is in
 * its constructor until that file is there; one with a setting {@code needs} fails without that file.
 */
public final class StrictPlugin implements Authorizer {
    private final Map<String, Object> settings;

    /** Checks. */
    public StrictPlugin(Map<String, Object> settings) {
        Object until = settings.get("until");
        while (until != null && !Files.exists(Path.of(String.valueOf(until)))) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        Object needs = settings.get("needs");
        if (needs != null && !Files.exists(Path.of(String.valueOf(needs)))) {
            throw new IllegalArgumentException("Error: " + needs + " is not there.");
        }
        if (settings.get("bad") != null) {
            throw new IllegalArgumentException(
                    String.valueOf(settings.get("bad")), new IllegalStateException("deeper"));
        }
        this.settings = settings;
    }

    @Override
    public Verdict check(Access access, Subject subject, String topic) {
        return settings.containsKey("deny") ? Verdict.DENY : Verdict.ALLOW;
    }

    @Override
    public long changes() {
        return 0;
    }
}
