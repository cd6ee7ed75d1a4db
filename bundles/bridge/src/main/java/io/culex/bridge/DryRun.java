// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.admin.Operation;
import io.culex.api.message.TopicName;
import io.culex.bridge.settings.BridgeSettings;
import io.culex.bridge.settings.TopicRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code bridge dry-run}: what would become of a message. */
@Component(service = Operation.class)
public final class DryRun extends BridgeOperation {
    private static final Argument TOPIC = new Argument("topic", "The topic that a message would have.", true);
    private static final Argument ONLY = new Argument("name", "The bridge; without it, every one.", false);

    /** Over the bridges that run. */
    @Activate
    public DryRun(@Reference Bridges bridges) {
        super(
                "dry-run",
                "Says where bridges would hand a message of a topic on to, in both directions. Nothing is sent.",
                List.of(TOPIC, ONLY),
                bridges);
    }

    @Override
    List<String> answer(Map<String, String> given) throws RefusedException {
        String topic = given.getOrDefault(TOPIC.name(), "");
        if (!TopicName.isValid(topic)) {
            throw new RefusedException("'" + topic + "' is not a topic that a message can have.");
        }
        List<String> lines = new ArrayList<>();
        if (given.containsKey(ONLY.name())) {
            lines.addAll(both(named(given).settings(), topic));
        } else {
            all().values().forEach(bridge -> lines.addAll(both(bridge.settings(), topic)));
        }
        return lines.isEmpty() ? List.of("There is no bridge.") : lines;
    }

    private static List<String> both(BridgeSettings settings, String topic) {
        TopicRule out = settings.topics().firstOut(topic);
        TopicRule in = settings.topics().firstIn(topic);
        return List.of(
                out == null
                        ? settings.name() + ": published here, it does not go out"
                        : "%s: published here, it goes out as %s at QoS %d at most (topic %s)"
                                .formatted(settings.name(), out.toRemote(topic), out.qos(), out),
                in == null
                        ? settings.name() + ": published there, it does not come in"
                        : "%s: published there, it comes in as %s at QoS %d at most (topic %s)"
                                .formatted(settings.name(), in.toLocal(topic), in.qos(), in));
    }
}
