// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The request that opens a WebSocket (RFC 6455, section 4.2.1), judged.
 *
 * @param refusal why not; empty: it is opened
 * @param subprotocol agreed on
 * @param accept the answer to its key
 */
record Opening(Optional<HttpResponseStatus> refusal, String subprotocol, String accept) {
    static final String VERSION = "13";

    private static final List<String> SUBPROTOCOLS = List.of("mqtt", "mqttv3.1");
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    /** Whether a request asks for a WebSocket at all. */
    static boolean isAskedFor(HttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true);
    }

    /** Judges a request that asks for one. */
    static Opening of(HttpRequest request, List<String> origins) {
        HttpHeaders headers = request.headers();
        if (!request.method().equals(HttpMethod.GET)) {
            return refused(HttpResponseStatus.METHOD_NOT_ALLOWED);
        }
        if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return refused(HttpResponseStatus.UPGRADE_REQUIRED);
        }
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null && !origins.isEmpty() && !origins.contains(origin)) {
            return refused(HttpResponseStatus.FORBIDDEN);
        }
        String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "").strip();
        Optional<String> subprotocol = subprotocol(headers);
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
                || !isKey(key)
                || subprotocol.isEmpty()) {
            return refused(HttpResponseStatus.BAD_REQUEST);
        }
        return new Opening(Optional.empty(), subprotocol.get(), accept(key));
    }

    private static Opening refused(HttpResponseStatus status) {
        return new Opening(Optional.of(status), "", "");
    }

    /** The first in the client's list that is MQTT. */
    private static Optional<String> subprotocol(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(list -> List.of(list.split(",", -1)).stream())
                .map(String::strip)
                .filter(SUBPROTOCOLS::contains)
                .findFirst();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
