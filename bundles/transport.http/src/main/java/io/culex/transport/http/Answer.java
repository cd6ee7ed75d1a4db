// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.culex.transport.StaticFiles;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/**
 * What a request gets.
 *
 * @param status the outcome
 * @param type of the content
 * @param content sent unless only the head was asked for
 */
record Answer(HttpResponseStatus status, String type, byte[] content) {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String RETRY_SECONDS = "1";

    static Answer of(Views.View view) {
        return new Answer(HttpResponseStatus.OK, view.type(), view.text().getBytes(StandardCharsets.UTF_8));
    }

    static Answer of(StaticFiles.Page page) {
        return new Answer(HttpResponseStatus.OK, page.type(), page.content());
    }

    static Answer error(HttpResponseStatus status) {
        String text = status.equals(HttpResponseStatus.NOT_FOUND) ? "Not found." : status.reasonPhrase() + ".";
        return new Answer(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** As it goes over the wire; pages of other origins may read it, as in Mosquitto. */
    FullHttpResponse response(boolean headOnly) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(headOnly ? new byte[0] : content));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, content.length)
                .set(HttpHeaderNames.DATE, DateFormatter.format(new Date()))
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set("X-Content-Type-Options", "nosniff");
        if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"Mosquitto API\"");
        } else if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
        } else if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_SECONDS);
        }
        return response;
    }
}
