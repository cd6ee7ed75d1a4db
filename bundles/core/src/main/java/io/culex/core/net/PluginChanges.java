// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.core.plugin.Current;
import io.culex.core.plugin.Gate;
import java.util.HashMap;
import java.util.Map;

/**
 * Notices that a plugin's users or permissions have changed though the plugin is the same, and has everyone looked at again. On
 * the admin thread.
 */
final class PluginChanges implements Runnable {
    private final Current current;
    private final Runnable lookAgain;
    private Map<String, Seen> last = Map.of();

    /** What a gate's plugins counted, both numbers only grow, and whether it could decide: who waits for that is to be told. */
    private record Seen(Gate gate, long changes, boolean decides) {}

    PluginChanges(Current current, Runnable lookAgain) {
        this.current = current;
        this.lookAgain = lookAgain;
    }

    @Override
    public void run() {
        Map<String, Seen> now = new HashMap<>();
        current.get().scopes().forEach((door, scope) -> {
            Gate gate = scope.gate();
            boolean decides = gate.decides();
            now.put(door, new Seen(gate, gate.directoryChanges() + gate.changes(), decides));
        });
        if (!now.equals(last)) {
            last = now;
            lookAgain.run();
        }
    }
}
