// SPDX-License-Identifier: Apache-2.0
package io.culex.config.plugin;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import java.util.Map;

/** A plugin that refuses a setting {@code bad} in its constructor, with that as its reason. */
public final class StrictPlugin implements Authorizer {
    private final Map<String, Object> settings;

    /** Checks. */
    public StrictPlugin(Map<String, Object> settings) {
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
