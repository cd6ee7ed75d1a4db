// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.admin.Operation;
import io.culex.api.local.Backlog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code bridge list}. */
@Component(service = Operation.class)
public final class ListBridges extends BridgeOperation {
    /** Over the bridges that run. */
    @Activate
    public ListBridges(@Reference Bridges bridges) {
        super("list", "Lists the bridges with their state and their queue.", List.of(), bridges);
    }

    @Override
    List<String> answer(Map<String, String> given) {
        List<String> lines = new ArrayList<>();
        all().forEach((name, bridge) -> {
            Status status = bridge.status();
            Backlog backlog = status.backlog();
            lines.add("%s: %s, %s, %d messages wait (%d bytes, %d s), %d in flight, %d out, %d in"
                    .formatted(
                            name,
                            status.state().words(),
                            status.address() == null ? "no address yet" : status.address(),
                            backlog.messages(),
                            backlog.bytes(),
                            backlog.ageMillis() / 1000,
                            backlog.inflight(),
                            bridge.traffic().out.sum(),
                            bridge.traffic().in.sum()));
        });
        return lines.isEmpty() ? List.of("There is no bridge.") : lines;
    }
}
