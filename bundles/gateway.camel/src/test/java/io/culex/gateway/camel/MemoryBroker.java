// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import io.culex.api.config.ListenerSettings;
import io.culex.api.config.Running;
import io.culex.api.local.Authority;
import io.culex.api.local.Backlog;
import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.api.message.TopicFilter;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Just enough of a broker to see what endpoints do with one: sessions with credit, and topics that are closed. */
final class MemoryBroker implements LocalSessions {
    final Set<String> closedTopics = ConcurrentHashMap.newKeySet();
    final List<LocalSessionRequest> requests = Collections.synchronizedList(new ArrayList<>());
    final List<Message> published = Collections.synchronizedList(new ArrayList<>());
    final List<Line> lines = Collections.synchronizedList(new ArrayList<>());
    /** What the next sessions subscribe to when they are found. */
    final Set<String> kept = ConcurrentHashMap.newKeySet();

    private final List<ListenerSettings> listeners = new ArrayList<>();

    /** What a publish is answered with; null: at once. */
    volatile @Nullable CompletableFuture<ReasonCode> answer;

    MemoryBroker(ListenerSettings... listeners) {
        this.listeners.addAll(List.of(listeners));
    }

    static ListenerSettings listener(String name, int port, boolean anonymous) {
        ListenerSettings.Access closed = ListenerSettings.Access.CLOSED;
        return new ListenerSettings(
                name,
                new ListenerSettings.Binding(port, null, null, null, ListenerSettings.Family.ANY),
                "mqtt",
                ListenerSettings.Clients.DEFAULTS,
                anonymous ? ListenerSettings.Access.LOCAL_ONLY : closed,
                java.util.Map.of());
    }

    static MemoryBroker open() {
        return new MemoryBroker(listener("1883", 1883, true));
    }

    Broker broker() {
        return new Broker(this, new Running() {
            @Override
            public long generation() {
                return 1;
            }

            @Override
            public Instant since() {
                return Instant.EPOCH;
            }

            @Override
            public List<ListenerSettings> listeners() {
                return listeners;
            }
        });
    }

    /** As whom the last session was opened. */
    Authority authority() {
        return requests.get(requests.size() - 1).authority();
    }

    /** The link of the session that was opened last to receive by. */
    Line line() {
        return lines.get(lines.size() - 1);
    }

    @Override
    public CompletionStage<LocalSession> open(LocalSessionRequest request, LocalReceiver receiver) {
        requests.add(request);
        Line line = new Line(receiver, kept);
        lines.add(line);
        return CompletableFuture.completedFuture(line);
    }

    @Override
    public CompletionStage<RelaySession> openRelay(LocalSessionRequest request, RelayReceiver receiver) {
        requests.add(request);
        return CompletableFuture.completedFuture((RelaySession) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RelaySession.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "publish" -> publish((Message) args[0]);
                    case "close", "hashCode", "equals" -> null;
                    default -> throw new AssertionError(method.getName());
                }));
    }

    private CompletionStage<ReasonCode> publish(Message message) {
        if (closedTopics.contains(message.topic())) {
            return CompletableFuture.completedFuture(ReasonCode.NOT_AUTHORIZED);
        }
        published.add(message);
        List.copyOf(lines).forEach(line -> line.offer(message));
        CompletableFuture<ReasonCode> later = answer;
        return later == null ? CompletableFuture.completedFuture(ReasonCode.SUCCESS) : later;
    }

    @Override
    public CompletionStage<Backlog> backlog(String clientId) {
        throw new AssertionError("backlog");
    }

    @Override
    public List<String> ofBridges() {
        throw new AssertionError("ofBridges");
    }

    /** A session that hands out what it has credit for. */
    final class Line implements LocalSession {
        final Set<String> filters;
        final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        private final LocalReceiver receiver;
        private final Queue<Message> waiting = new ArrayDeque<>();
        private long credit;
        private int done;
        private boolean closed;

        Line(LocalReceiver receiver, Set<String> kept) {
            this.receiver = receiver;
            this.filters = new HashSet<>(kept);
        }

        synchronized void offer(Message message) {
            if (!closed && filters.stream().anyMatch(filter -> TopicFilter.matches(filter, message.topic()))) {
                waiting.add(message);
                handOut();
            }
        }

        private void handOut() {
            while (credit > 0 && !waiting.isEmpty()) {
                credit--;
                deliver(waiting.remove());
            }
        }

        private void deliver(Message message) {
            receiver.deliver(new Delivery() {
                @Override
                public Message message() {
                    return message;
                }

                @Override
                public boolean duplicate() {
                    return false;
                }

                @Override
                public int packetId() {
                    return 1;
                }

                @Override
                public List<Integer> subscriptionIdentifiers() {
                    return List.of();
                }

                @Override
                public void done() {
                    acknowledged();
                }
            });
        }

        private synchronized void acknowledged() {
            done++;
        }

        synchronized int done() {
            return done;
        }

        synchronized int waiting() {
            return waiting.size();
        }

        synchronized boolean isClosed() {
            return closed;
        }

        /** As when an administrator ends it. */
        void end(ReasonCode reason) {
            close();
            receiver.closed(reason);
        }

        @Override
        public String clientId() {
            return "";
        }

        @Override
        public boolean sessionPresent() {
            return !kept.isEmpty();
        }

        @Override
        public synchronized void request(long more) {
            calls.add("request " + more);
            credit += more;
            handOut();
        }

        @Override
        public synchronized CompletionStage<ReasonCode> subscribe(String filter, @Nullable SubscribeOptions options) {
            if (closedTopics.contains(filter)) {
                return CompletableFuture.completedFuture(ReasonCode.NOT_AUTHORIZED);
            }
            filters.add(filter);
            return CompletableFuture.completedFuture(ReasonCode.GRANTED_QOS_1);
        }

        @Override
        public synchronized CompletionStage<Map<String, SubscribeOptions>> subscriptions() {
            return CompletableFuture.completedFuture(filters.stream()
                    .collect(Collectors.toMap(filter -> filter, filter -> SubscribeOptions.of(QoS.AT_LEAST_ONCE))));
        }

        @Override
        public synchronized CompletionStage<ReasonCode> unsubscribe(String filter) {
            calls.add("unsubscribe " + filter);
            if (closedTopics.contains(filter)) {
                return CompletableFuture.completedFuture(ReasonCode.NOT_AUTHORIZED);
            }
            filters.remove(filter);
            return CompletableFuture.completedFuture(ReasonCode.SUCCESS);
        }

        @Override
        public CompletionStage<ReasonCode> publish(Message message) {
            throw new AssertionError("a consumer does not publish");
        }

        @Override
        public synchronized void close() {
            closed = true;
        }
    }
}
