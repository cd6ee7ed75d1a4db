// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.jmx;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.message.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** {@link BrokerAdmin} for JMX. */
final class BrokerBean implements BrokerMXBean {
    private static final long LIMIT_SECONDS = 10;

    private final BrokerAdmin broker;

    BrokerBean(BrokerAdmin broker) {
        this.broker = broker;
    }

    @Override
    public List<SessionRow> getSessions() {
        return await(broker.sessions()).stream().map(SessionRow::new).toList();
    }

    @Override
    public List<TopicRow> getTopicsSeen() {
        return broker.topicsSeen().stream().map(TopicRow::new).toList();
    }

    @Override
    public List<String> getSubscriptionTree() {
        List<String> lines = new ArrayList<>();
        broker.subscriptionTree(lines::add);
        return lines;
    }

    @Override
    public boolean disconnect(String clientId) {
        return await(broker.disconnect(clientId, ReasonCode.ADMINISTRATIVE_ACTION));
    }

    private static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture()
                    .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The broker does not answer: " + e.getCause());
        }
    }
}
