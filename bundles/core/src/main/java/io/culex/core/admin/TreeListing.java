// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import io.culex.core.route.Subscription;
import io.culex.core.route.TopicTree;
import io.culex.core.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The subscription tree in the form that SIGUSR2 prints (SPEC H.5). Any thread. */
final class TreeListing {
    private final TopicTree tree;

    TreeListing(TopicTree tree) {
        this.tree = tree;
    }

    private static final class Level {
        private final Map<String, Level> below = new TreeMap<>();
        private final List<Subscription> here = new ArrayList<>();

        Level at(String path) {
            Level level = this;
            for (String name : path.split("/", -1)) {
                level = level.below.computeIfAbsent(name, n -> new Level());
            }
            return level;
        }
    }

    void print(Consumer<String> lines) {
        Level normal = new Level();
        Level shared = new Level();
        normal.at("$SYS");
        tree.forEach(subscription -> (subscription.share() == null ? normal : shared)
                .at(subscription.path())
                .here
                .add(subscription));
        print(normal, 4, lines);
        print(shared, 4, lines);
    }

    private static void print(Level level, int indent, Consumer<String> lines) {
        level.below.forEach((name, below) -> {
            StringBuilder line = new StringBuilder(" ".repeat(indent)).append(name);
            for (Subscription subscription : below.here) {
                String client = subscription.receiver() instanceof Session session ? session.clientId() : "?";
                line.append(" (")
                        .append(client)
                        .append(", ")
                        .append(subscription.qos())
                        .append(')');
            }
            lines.accept(line.toString());
            print(below, indent + 2, lines);
        });
    }
}
