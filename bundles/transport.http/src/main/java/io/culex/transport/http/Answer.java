// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.culex.transport.Page;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * What a request gets.
 *
 * @param status the outcome
 * @param type of the content
 * @param content empty where there is a page
 * @param page the content where that is a file; null: it is none
 */
record Answer(HttpResponseStatus status, String type, byte[] content, @Nullable Page page) {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String RETRY_SECONDS = "1";

    static Answer of(Views.View view) {
        return new Answer(HttpResponseStatus.OK, view.type(), view.text().getBytes(StandardCharsets.UTF_8), null);
    }

    static Answer of(Page page) {
        return new Answer(HttpResponseStatus.OK, page.type(), new byte[0], page);
    }

    static Answer error(HttpResponseStatus status) {
        String text = status.equals(HttpResponseStatus.NOT_FOUND) ? "Not found." : status.reasonPhrase() + ".";
        return new Answer(status, TEXT, text.getBytes(StandardCharsets.UTF_8), null);
    }

    /**
     * Sends it.
     *
     * @param headOnly whether the content was not asked for
     * @param last whether the connection ends with it
     */
    ChannelFuture send(ChannelHandlerContext ctx, boolean headOnly, boolean last) {
        if (page != null && !headOnly) {
            HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
            describe(head.headers(), last);
            return page.send(ctx, head, LastHttpContent.EMPTY_LAST_CONTENT);
        }
        if (page != null) {
            page.close();
        }
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(headOnly ? new byte[0] : content));
        describe(response.headers(), last);
        return ctx.writeAndFlush(response);
    }

    /** Pages of other origins may read it, as in Mosquitto. */
    private void describe(HttpHeaders headers, boolean last) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, page == null ? content.length : page.length())
                .set(HttpHeaderNames.DATE, DateFormatter.format(new Date()))
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set("X-Content-Type-Options", "nosniff");
        if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"Mosquitto API\"");
        } else if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            headers.set(HttpHeaderNames.ALLOW, "GET, HEAD");
        } else if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            headers.set(HttpHeaderNames.RETRY_AFTER, RETRY_SECONDS);
        }
        if (last) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }
}
