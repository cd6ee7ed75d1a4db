// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.admin.Operation;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code bridge pause}. */
@Component(service = Operation.class)
public final class PauseBridge extends BridgeOperation {
    /** Over the bridges that run. */
    @Activate
    public PauseBridge(@Reference Bridges bridges) {
        super(
                "pause",
                "Ends the connection of a bridge until it is resumed; messages wait meanwhile.",
                List.of(NAME),
                bridges);
    }

    @Override
    List<String> answer(Map<String, String> given) throws RefusedException {
        named(given).pause();
        return List.of("Bridge " + given.get(NAME.name()) + " is paused; what it has to hand on waits.");
    }
}
