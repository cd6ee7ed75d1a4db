// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.message.UserProperty;
import io.culex.codec.Connack;
import io.culex.codec.Properties;
import io.culex.codec.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * What the other broker has said of itself in CONNACK.
 *
 * @param version of the connection
 * @param sessionPresent whether it goes on with the session that it has kept
 * @param maxQos the highest level it takes
 * @param retains whether it keeps retained messages
 * @param maxPacketBytes the largest packet it takes
 * @param maxTopicAlias how many aliases it takes
 * @param receiveMaximum how many messages of QoS 1 and 2 it takes at a time; 0: it has not said
 * @param keepAliveSeconds it asks for; -1: none
 * @param id its name in the paths of messages, or null
 */
public record Peer(
        ProtocolVersion version,
        boolean sessionPresent,
        int maxQos,
        boolean retains,
        long maxPacketBytes,
        int maxTopicAlias,
        int receiveMaximum,
        int keepAliveSeconds,
        @Nullable String id) {

    static Peer of(ProtocolVersion version, Connack connack) {
        Properties said = connack.properties();
        long packet = said.maximumPacketSize();
        return new Peer(
                version,
                connack.sessionPresent(),
                said.maximumQos() < 0 ? 2 : said.maximumQos(),
                said.retainAvailable() != 0,
                packet < 0 ? Long.MAX_VALUE : packet,
                Math.max(0, said.topicAliasMaximum()),
                Math.max(0, said.receiveMaximum()),
                said.serverKeepAlive(),
                id(said));
    }

    private static @Nullable String id(Properties said) {
        for (UserProperty pair : said.userProperties()) {
            if (pair.name().equals(Hops.ID)) {
                return pair.value();
            }
        }
        return null;
    }
}
