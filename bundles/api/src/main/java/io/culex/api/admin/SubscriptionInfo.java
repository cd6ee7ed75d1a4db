// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

/**
 * What there is to see of one subscription.
 *
 * @param clientId whose it is
 * @param filter as the broker keeps it: with {@code $share/NAME/}, the mount point applied
 * @param qos the highest QoS to deliver at
 * @param noLocal whether what the client itself publishes is left out
 * @param retainAsPublished whether the RETAIN flag is kept as published
 * @param identifier the Subscription Identifier; 0: none
 */
public record SubscriptionInfo(
        String clientId, String filter, int qos, boolean noLocal, boolean retainAsPublished, int identifier) {}
