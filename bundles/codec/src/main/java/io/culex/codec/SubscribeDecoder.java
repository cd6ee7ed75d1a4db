// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;
import io.culex.api.message.TopicFilter;
import java.util.ArrayList;
import java.util.List;

/** Bytes to SUBSCRIBE and UNSUBSCRIBE [MQTT-3.8, MQTT-3.10]. */
final class SubscribeDecoder {
    static final int NO_LOCAL = 0x04;
    static final int RETAIN_AS_PUBLISHED = 0x08;

    private static final int RESERVED = 0xC0;

    private final PropertiesDecoder properties;

    SubscribeDecoder(PropertiesDecoder properties) {
        this.properties = properties;
    }

    Subscribe subscribe(Body body, boolean v5) throws MalformedPacketException {
        int packetId = body.packetId();
        Properties own = v5 ? properties.decode(body) : Properties.NONE;
        checkNotEmpty(body);
        List<Subscribe.Entry> entries = new ArrayList<>(1);
        while (body.hasMore()) {
            String filter = filter(body);
            int options = body.uint8("subscription options");
            entries.add(v5 ? entry5(body, filter, options) : entry3(body, filter, options));
        }
        return new Subscribe(packetId, entries, own);
    }

    Unsubscribe unsubscribe(Body body, boolean v5) throws MalformedPacketException {
        int packetId = body.packetId();
        Properties own = v5 ? properties.decode(body) : Properties.NONE;
        checkNotEmpty(body);
        List<String> filters = new ArrayList<>(1);
        while (body.hasMore()) {
            filters.add(filter(body));
        }
        return new Unsubscribe(packetId, filters, own);
    }

    /** At least one filter is needed [MQTT-3.8.3-2, MQTT-3.10.3-2]. */
    private static void checkNotEmpty(Body body) throws MalformedPacketException {
        if (!body.hasMore()) {
            throw body.protocolError("no topic filter");
        }
    }

    private static String filter(Body body) throws MalformedPacketException {
        String filter = body.text("topic filter");
        if (!TopicFilter.isValid(filter)) {
            throw new MalformedPacketException(
                    ReasonCode.TOPIC_FILTER_INVALID, body.type() + ": not a valid topic filter");
        }
        return filter;
    }

    private static Subscribe.Entry entry3(Body body, String filter, int options) throws MalformedPacketException {
        if (options > 2) {
            throw body.malformed("subscription options " + options); // 3.1.1 [MQTT-3-8.3-4]
        }
        return Subscribe.Entry.of(filter, options);
    }

    private static Subscribe.Entry entry5(Body body, String filter, int options) throws MalformedPacketException {
        int qos = options & 3;
        int retainHandling = options >> 4 & 3;
        boolean noLocal = (options & NO_LOCAL) != 0;
        if ((options & RESERVED) != 0) {
            throw body.malformed("reserved subscription options"); // [MQTT-3.8.3-5]
        }
        if (qos == 3 || retainHandling == 3) {
            throw body.protocolError(qos == 3 ? "QoS 3" : "retain handling 3");
        }
        if (noLocal && TopicFilter.isShared(filter)) {
            throw body.protocolError("no local on a shared subscription"); // [MQTT-3.8.3-4]
        }
        return new Subscribe.Entry(filter, qos, noLocal, (options & RETAIN_AS_PUBLISHED) != 0, retainHandling);
    }
}
