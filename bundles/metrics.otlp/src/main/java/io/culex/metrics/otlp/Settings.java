// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.otlp;

import io.culex.metrics.export.OptionException;
import io.culex.metrics.export.Options;
import io.culex.metrics.export.PushSettings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says.
 *
 * @param address where metrics are sent to
 * @param headers of each request
 * @param trust whom to trust; null: whom the JDK trusts
 * @param resource whose metrics they are
 * @param push when
 */
record Settings(
        URI address,
        Map<String, String> headers,
        @Nullable SSLContext trust,
        Map<String, String> resource,
        PushSettings push) {
    private static final int MAX_BUFFER = 100_000;
    private static final int POINTS_PER_REQUEST = 5000;
    private static final String PATH = "/v1/metrics";

    /** The value of {@code headers} that stands for the environment variable {@value #HEADERS}. */
    private static final String ENV = "env";

    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";

    /** What the HTTP client or the protocol decides. */
    private static final Set<String> RESERVED =
            Set.of("content-type", "content-encoding", "content-length", "host", "connection", "expect", "upgrade");

    /** Reads the options, and the file with certificates when there is one; blocks. */
    static Settings of(OtlpExporter.Config config, String plugin, UnaryOperator<@Nullable String> environment)
            throws OptionException {
        Options options = new Options("otlp");
        URI endpoint = options.address("endpoint", config.endpoint());
        boolean bare = endpoint.getPath() == null || endpoint.getPath().matches("/?");
        return new Settings(
                bare ? endpoint.resolve(PATH) : endpoint,
                headers(options, config.headers(), environment),
                options.trust("cafile", config.cafile()),
                Map.of(
                        "service.name",
                        options.required("service_name", config.service__name()),
                        "host.name",
                        Options.hostLabel(config.hostlabel())),
                new PushSettings(
                        plugin,
                        options.seconds("update_interval", config.update__interval(), 1),
                        options.number("buffer", config.buffer(), 1, MAX_BUFFER),
                        POINTS_PER_REQUEST));
    }

    /** {@code name=value,name=value}, values encoded as in an address. */
    private static Map<String, String> headers(
            Options options, String given, UnaryOperator<@Nullable String> environment) throws OptionException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-protobuf");
        String text = given;
        if (given.equals(ENV)) {
            String variable = environment.apply(HEADERS);
            if (variable == null || variable.isBlank()) {
                throw options.wrong("'plugin_opt_headers env' needs the environment variable " + HEADERS + ".");
            }
            text = variable;
        }
        for (String header : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int at = header.indexOf('=');
            String name = at < 0 ? "" : header.substring(0, at).strip();
            if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                throw options.wrong("'plugin_opt_headers' must be name=value, separated by commas.");
            }
            headers.put(name, decoded(options, header.substring(at + 1).strip()));
        }
        return headers;
    }

    private static String decoded(Options options, String value) throws OptionException {
        try {
            return options.header("headers", URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw options.wrong("'plugin_opt_headers' has a value that is not encoded as in an address.");
        }
    }
}
