// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides what a client may do. A service with {@link PluginProperties#NAME}. Answers are cached per client and topic until
 * {@link #changes()} differs, so the same question must have the same answer in between.
 */
@ConsumerType
public interface Authorizer {
    /**
     * Decides one access. Called on event loops, several at a time: it must neither block nor wait. Whatever is thrown, and
     * null, is a denial.
     *
     * @param subject the client, as it was let in
     * @param topic the Topic Name, or for {@link Access#SUBSCRIBE} and {@link Access#UNSUBSCRIBE} the Topic Filter
     */
    Verdict check(Access access, Subject subject, String topic);

    /** A number that differs whenever answers may differ; read often, so a volatile field. */
    long changes();

    /**
     * Whether it has what it decides by. While it has not, it denies, but nothing that it denies is final: sessions keep their
     * subscriptions, and what is to be delivered waits where it is left to this one. Read often, so a volatile field;
     * {@link #changes()} differs when it becomes true. An exception is the same as false.
     */
    default boolean isReady() {
        return true;
    }
}
