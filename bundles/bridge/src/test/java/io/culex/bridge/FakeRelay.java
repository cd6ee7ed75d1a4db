// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.local.Delivery;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.codec.PacketType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A session here, as texts of what was asked of it. */
final class FakeRelay implements RelaySession {
    final LocalSessionRequest request;
    final RelayReceiver receiver;
    final List<String> calls = new ArrayList<>();
    final List<CompletableFuture<ReasonCode>> publishing = new ArrayList<>();
    final Map<String, SubscribeOptions> subscriptions;
    final List<String> changes = new ArrayList<>();
    Executor loop = Runnable::run;
    boolean holdsPublishes;
    boolean holdsRetained;
    boolean open = true;
    boolean present = true;
    long retainedMark = -1;
    long carriedIn;
    long carriedOut;
    final Map<PacketType, Long> packetsIn = new EnumMap<>(PacketType.class);
    final Map<PacketType, Long> packetsOut = new EnumMap<>(PacketType.class);

    FakeRelay(LocalSessionRequest request, RelayReceiver receiver, Map<String, SubscribeOptions> subscriptions) {
        this.request = request;
        this.receiver = receiver;
        this.subscriptions = subscriptions;
    }

    /** The broker delivers a message to the bridge. */
    void deliver(Message message, int packetId, boolean duplicate, int identifier) {
        receiver.deliver(new Delivery() {
            @Override
            public Message message() {
                return message;
            }

            @Override
            public boolean duplicate() {
                return duplicate;
            }

            @Override
            public int packetId() {
                return packetId;
            }

            @Override
            public List<Integer> subscriptionIdentifiers() {
                return identifier == 0 ? List.of() : List.of(identifier);
            }

            @Override
            public void done() {
                throw new UnsupportedOperationException();
            }
        });
    }

    private static CompletionStage<ReasonCode> success() {
        return CompletableFuture.completedFuture(ReasonCode.SUCCESS);
    }

    @Override
    public void run(Runnable task) {
        loop.execute(task);
    }

    @Override
    public String clientId() {
        return request.clientId();
    }

    @Override
    public boolean sessionPresent() {
        return present;
    }

    @Override
    public void request(long credit) {
        // Readiness is what counts.
    }

    @Override
    public CompletionStage<Map<String, SubscribeOptions>> subscriptions() {
        return CompletableFuture.completedFuture(Map.copyOf(subscriptions));
    }

    @Override
    public CompletionStage<ReasonCode> subscribe(String filter, SubscribeOptions options) {
        subscriptions.put(filter, options);
        changes.add("subscribe " + filter + " " + options.identifier());
        return success();
    }

    @Override
    public CompletionStage<ReasonCode> unsubscribe(String filter) {
        subscriptions.remove(filter);
        changes.add("unsubscribe " + filter);
        return success();
    }

    @Override
    public CompletionStage<ReasonCode> publish(Message message) {
        calls.add(text(message));
        return success();
    }

    @Override
    public CompletionStage<ReasonCode> publish(Message message, int packetId) {
        calls.add(text(message) + (packetId == 0 ? "" : " under " + packetId));
        CompletableFuture<ReasonCode> published = new CompletableFuture<>();
        publishing.add(published);
        if (!holdsPublishes) {
            published.complete(ReasonCode.SUCCESS);
        }
        return published;
    }

    private static String text(Message message) {
        return message.topic() + "=" + message.payload().asText() + " q"
                + message.qos().level() + (message.retain() ? " retain" : "");
    }

    @Override
    public CompletionStage<ReasonCode> release(int packetId) {
        calls.add("release " + packetId);
        return success();
    }

    @Override
    public CompletionStage<ReasonCode> forgetUnreleased() {
        calls.add("forget unreleased");
        return success();
    }

    @Override
    public CompletionStage<ReasonCode> sendRetained(Set<String> fresh) {
        calls.add("retained " + fresh);
        return holdsRetained ? new CompletableFuture<>() : success();
    }

    @Override
    public long retainedMark() {
        return retainedMark;
    }

    @Override
    public void retainedThere(long mark) {
        calls.add("retained there " + mark);
    }

    @Override
    public void carried(long bytesReceived, long bytesSent, long[] received, long[] sent) {
        carriedIn += bytesReceived;
        carriedOut += bytesSent;
        for (PacketType type : PacketType.values()) {
            packetsIn.merge(type, received[type.code()], Long::sum);
            packetsOut.merge(type, sent[type.code()], Long::sum);
        }
    }

    @Override
    public void received(int packetId) {
        calls.add("received " + packetId);
    }

    @Override
    public void acknowledged(int packetId, QoS qos) {
        calls.add("acknowledged " + packetId + " q" + qos.level());
    }

    @Override
    public void close() {
        open = false;
        calls.add("close");
        receiver.closed(ReasonCode.SUCCESS);
    }
}
