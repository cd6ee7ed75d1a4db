// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.core.plugin.Current;
import io.culex.core.plugin.Scope;

/** Notices that a plugin's users have changed though the plugin is the same, and has everyone looked at again. */
final class UserChanges implements Runnable {
    private final Current current;
    private final Runnable lookAgain;
    private long last;

    UserChanges(Current current, Runnable lookAgain) {
        this.current = current;
        this.lookAgain = lookAgain;
    }

    @Override
    public void run() {
        long now = 0;
        for (Scope scope : current.get().scopes().values()) {
            now += scope.gate().directoryChanges();
        }
        if (now != last) {
            last = now;
            lookAgain.run();
        }
    }
}
