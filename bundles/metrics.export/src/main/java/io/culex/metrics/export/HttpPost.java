// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Requests to one address, compressed; what the answer means is that of SPEC E.4. */
public final class HttpPost {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int LONGEST_REASON = 300;

    private final URI address;
    private final Map<String, String> headers;
    private final HttpClient client;

    /**
     * Connects with the first request.
     *
     * @param headers of each request
     * @param trust whom to trust; null: whom the JDK trusts
     * @param threads for answers
     * @throws IllegalArgumentException when a header cannot have its value; the value, a secret perhaps, is not in the message
     */
    public HttpPost(URI address, Map<String, String> headers, @Nullable SSLContext trust, Executor threads) {
        this.address = address;
        this.headers = Map.copyOf(headers);
        headers.forEach(HttpPost::check);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                // A POST that is redirected comes as a GET without its body, and with the secrets of its headers.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .executor(threads);
        client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    private static void check(String name, String value) {
        if (!isHeaderValue(value)) {
            throw new IllegalArgumentException(
                    "the value for the header '" + name + "' has characters that no header may have");
        }
    }

    /** Whether the JDK's client sends it. */
    static boolean isHeaderValue(String value) {
        try {
            HttpRequest.newBuilder().header("Any", value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Sends one request and waits for its answer, ten seconds at most. */
    Outcome send(byte[] body) throws InterruptedException {
        return send(body, TIMEOUT);
    }

    /** The client's own limit ends with the head of an answer; this one holds for all of it. */
    Outcome send(byte[] body, Duration limit) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(compress(body)));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request.build(), head -> new Beginning());
        try {
            return outcome(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS), Instant.now());
        } catch (TimeoutException e) {
            return away("no whole answer within " + limit.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            return away(Objects.toString(cause.getMessage(), cause.getClass().getSimpleName()));
        } finally {
            answer.cancel(true);
        }
    }

    private Outcome away(String reason) {
        return new Outcome.Later(address.getAuthority() + ": " + reason, Duration.ZERO);
    }

    private static byte[] compress(byte[] body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private Outcome outcome(HttpResponse<String> answer, Instant now) {
        int status = answer.statusCode();
        String text = answer.body().strip();
        String said = text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "..." : text;
        String reason = address.getAuthority() + " answers " + status + (said.isEmpty() ? "" : " (" + said + ")");
        return switch (status) {
            case 200, 202, 204 -> new Outcome.Delivered();
            case 413 -> new Outcome.TooLarge();
            case 401, 403, 404, 408 -> new Outcome.Later(reason, Duration.ZERO);
            case 429, 503 ->
                new Outcome.Later(
                        reason,
                        retryAfter(answer.headers().firstValue("Retry-After").orElse(""), now));
            default ->
                status >= 500 || status < 400 ? new Outcome.Later(reason, Duration.ZERO) : new Outcome.Rejected(reason);
        };
    }

    /** Seconds, or a date of HTTP; an hour at most. */
    static Duration retryAfter(String value, Instant now) {
        Duration wanted = Duration.ZERO;
        try {
            wanted = value.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : value.isEmpty()
                            ? Duration.ZERO
                            : Duration.between(
                                    now,
                                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant());
        } catch (DateTimeParseException e) {
            // A server that says it wrongly is asked again as if it had not said it.
            return Duration.ZERO;
        }
        Duration longest = Duration.ofHours(1);
        return wanted.isNegative() ? Duration.ZERO : wanted.compareTo(longest) > 0 ? longest : wanted;
    }
}
