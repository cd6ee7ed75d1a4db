// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.message.MessageProperties;
import io.culex.api.message.UserProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts loops over several brokers (SPEC F.4): a message carries in a User Property the brokers that it has passed, separated by
 * commas. It goes to none that is among them, and only so far. MQTT 5; before, messages have no properties.
 */
public final class Hops {
    /** The name of the User Property of messages. */
    static final String PATH = "x-bridge-path";

    /** The name of the User Property by which brokers tell each other what they are called. */
    static final String ID = "x-bridge-id";

    private final String own;
    private final int limit;

    /**
     * For one broker.
     *
     * @param own its name in paths
     * @param limit how many brokers a path may have; 0: any number
     */
    public Hops(String own, int limit) {
        this.own = own;
        this.limit = limit;
    }

    String own() {
        return own;
    }

    /** Whether the message has been here before. */
    boolean wasHere(MessageProperties properties) {
        String path = path(properties);
        return path != null && passes(path, own);
    }

    /** What the message carries when it goes on to {@code peer} (null: that has not said its name); null: it must not. */
    @Nullable
    MessageProperties onward(MessageProperties properties, @Nullable String peer) {
        String path = path(properties);
        if (path != null
                && (passes(path, own) || (peer != null && passes(path, peer)) || (limit > 0 && hops(path) >= limit))) {
            return null;
        }
        List<UserProperty> pairs = new ArrayList<>();
        for (UserProperty pair : properties.userProperties()) {
            if (!pair.name().equals(PATH)) {
                pairs.add(pair);
            }
        }
        pairs.add(new UserProperty(PATH, path == null ? own : path + ',' + own));
        return new MessageProperties(
                properties.utf8Payload(),
                properties.expirySeconds(),
                properties.contentType(),
                properties.responseTopic(),
                properties.correlationData(),
                pairs);
    }

    private static @Nullable String path(MessageProperties properties) {
        List<UserProperty> pairs = properties.userProperties();
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).name().equals(PATH)) {
                return pairs.get(i).value();
            }
        }
        return null;
    }

    private static boolean passes(String path, String broker) {
        return ("," + path + ",").contains("," + broker + ",");
    }

    private static int hops(String path) {
        return (int) path.chars().filter(c -> c == ',').count() + 1;
    }
}
