// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import io.culex.api.message.TopicFilter;
import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.Event;
import io.culex.auth.dynsec.model.TieOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What some roles say, in their order, for each event. Immutable; any thread. */
final class CompiledRoles {
    private final Map<Event, Decision[]> decisions = new EnumMap<>(Event.class);
    private final OrderTree send;
    private final OrderTree receive;

    CompiledRoles(Roles roles, TieOrder order) {
        for (Event event : Event.values()) {
            decisions.put(
                    event, steps(roles, order, event).stream().map(Decision::by).toArray(Decision[]::new));
        }
        send = tree(of(Event.PUBLISH_CLIENT_SEND));
        receive = tree(of(Event.PUBLISH_CLIENT_RECEIVE));
    }

    /** Everything that is asked for an event, in order. */
    static List<Step> steps(Roles roles, TieOrder order, Event event) {
        List<Step> steps = new ArrayList<>();
        for (Roles.Held held : roles.held()) {
            if (event == Event.SUBSCRIBE && !held.role().allowWildcardSubs()) {
                steps.add(new Step(held.group(), held.role(), null));
            }
            // By type first: literal ones before patterns.
            for (Acl acl : order.of(held.role())) {
                if (acl.type().event() == event) {
                    steps.add(new Step(held.group(), held.role(), acl));
                }
            }
        }
        return steps;
    }

    private Decision[] of(Event event) {
        return decisions.getOrDefault(event, new Decision[0]);
    }

    private static OrderTree tree(Decision[] ordered) {
        OrderTree.Builder tree = new OrderTree.Builder();
        for (int i = 0; i < ordered.length; i++) {
            Step step = ordered[i].step();
            if (step != null && step.acl() != null) {
                tree.add(step.acl().topic(), i);
            }
        }
        return tree.build();
    }

    /** The first that says something; null when none does. */
    @Nullable
    Decision decide(Event event, Names names, String topic) {
        return switch (event) {
            case PUBLISH_CLIENT_SEND -> byTopic(send, event, names, topic);
            case PUBLISH_CLIENT_RECEIVE -> byTopic(receive, event, names, topic);
            case SUBSCRIBE, UNSUBSCRIBE -> byFilter(event, names, topic);
        };
    }

    private @Nullable Decision byTopic(OrderTree tree, Event event, Names names, String topic) {
        int first = tree.first(topic, names.username(), names.clientId());
        return first == OrderTree.NONE ? null : of(event)[first];
    }

    private @Nullable Decision byFilter(Event event, Names names, String filter) {
        String inner = TopicFilter.inner(filter);
        for (Decision decision : of(event)) {
            Step step = decision.step();
            Acl acl = step == null ? null : step.acl();
            if (acl == null ? TopicFilter.hasWildcard(inner) : matches(acl, names, filter, inner)) {
                return decision;
            }
        }
        return null;
    }

    /**
     * Shared subscriptions are decided by what they subscribe to, except where the ACL itself begins with {@code $share/}: such
     * rules were written for the whole filter.
     */
    private static boolean matches(Acl acl, Names names, String filter, String inner) {
        String asked = TopicFilter.isShared(acl.topic()) ? filter : inner;
        if (acl.type().isLiteral()) {
            return acl.topic().equals(asked);
        }
        if (!isMeantFor(acl.topic(), asked)) {
            return false;
        }
        String pattern = names.in(acl);
        return pattern != null && TopicFilter.covers(pattern, asked);
    }

    /**
     * What begins with {@code $} is meant only by an ACL that does so itself, as it was written: a client that calls itself
     * {@code $SYS} does not make {@code %c/#} one. An ACL with {@code #} before its end is no filter and matches nothing.
     */
    private static boolean isMeantFor(String topic, String asked) {
        return topic.startsWith("$") == asked.startsWith("$") && !topic.contains("#/");
    }
}
