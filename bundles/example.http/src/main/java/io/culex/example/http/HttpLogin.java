// SPDX-License-Identifier: Apache-2.0
package io.culex.example.http;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.message.ReasonCode;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Asks a web server who may connect: a POST with the fields {@code username}, {@code password}, {@code clientid} and
 * {@code address} of a form. A status of 2xx lets the client in, 4xx refuses it; anything else, and no answer in time, is
 * "server unavailable". A client without a user name is left to the next plugin and to {@code allow_anonymous}.
 *
 * <p>One component per configuration: the broker makes a new one beside the old when an option changes. The constructor
 * checks the options and has no effect outside; what it throws refuses the configuration.
 */
@Component(
        service = Authenticator.class,
        configurationPid = "io.culex.example.http",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
public final class HttpLogin implements Authenticator {
    private static final CompletionStage<AuthAnswer> IGNORE = CompletableFuture.completedFuture(AuthAnswer.IGNORE);
    private static final AuthAnswer UNAVAILABLE =
            new AuthAnswer.Deny(ReasonCode.SERVER_UNAVAILABLE, "the login server does not answer");
    private static final CompletionStage<AuthAnswer> BUSY =
            CompletableFuture.completedFuture(new AuthAnswer.Deny(ReasonCode.SERVER_BUSY, "too many logins at once"));
    private static final int SUCCESS = 2;
    private static final int REFUSED = 4;
    private static final int HUNDRED = 100;

    private final Settings settings;
    private final ExecutorService threads;
    private final HttpClient client;
    private final Semaphore free;

    /** The options, as {@code plugin_opt_*} lines give them. */
    @interface Config {
        /** Where logins are sent to; http or https. */
        String url() default "";

        /** Seconds that an answer may take. */
        String timeout() default "5";

        /** Logins on their way at the same time; more are told that the server is busy. */
        String max__requests() default "100";
    }

    /** Checks the options. */
    @Activate
    public HttpLogin(Config config) {
        this(Settings.of(config.url(), config.timeout(), config.max__requests()));
    }

    HttpLogin(Settings settings) {
        this.settings = settings;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "culex-example-http");
            thread.setDaemon(true);
            return thread;
        });
        this.client = HttpClient.newBuilder()
                .executor(threads)
                .connectTimeout(settings.timeout())
                .build();
        this.free = new Semaphore(settings.maxRequests());
    }

    /** Nothing of the plugin stays behind when it goes and the logins under way, whose answers need the threads, are decided. */
    @Deactivate
    void close() {
        threads.execute(() -> {
            free.acquireUninterruptibly(settings.maxRequests());
            threads.shutdown();
        });
    }

    @Override
    public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
        if (request.username() == null) {
            return IGNORE;
        }
        if (!free.tryAcquire()) {
            return BUSY;
        }
        // The broker calls on an event loop: the request is sent without waiting, the answer comes on a thread of ours.
        CompletableFuture<HttpResponse<Void>> sent = client.sendAsync(post(request), BodyHandlers.discarding());
        // The limit of HttpRequest would end with the head of an answer; this one holds for all of it. A copy has it,
        // because a request that is over by its limit cannot be cancelled any more.
        return sent.copy()
                .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync(
                        (response, failure) -> {
                            sent.cancel(true);
                            free.release();
                            return failure == null ? answer(response.statusCode()) : UNAVAILABLE;
                        },
                        threads);
    }

    private HttpRequest post(AuthRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("username", String.valueOf(request.username()));
        fields.put(
                "password", request.password() == null ? "" : request.password().asText());
        fields.put("clientid", request.clientId());
        fields.put("address", request.peer().addressText());
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private static AuthAnswer answer(int status) {
        return switch (status / HUNDRED) {
            case SUCCESS -> AuthAnswer.ALLOW;
            case REFUSED -> AuthAnswer.DENY;
            default -> UNAVAILABLE;
        };
    }
}
