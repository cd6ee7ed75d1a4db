// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.admin.Operation;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code bridge resume}. */
@Component(service = Operation.class)
public final class ResumeBridge extends BridgeOperation {
    /** Over the bridges that run. */
    @Activate
    public ResumeBridge(@Reference Bridges bridges) {
        super(
                "resume",
                "Lets a bridge connect again that was paused, or that connects once only.",
                List.of(NAME),
                bridges);
    }

    @Override
    List<String> answer(Map<String, String> given) throws RefusedException {
        named(given).resume();
        return List.of("Bridge " + given.get(NAME.name()) + " goes on.");
    }
}
