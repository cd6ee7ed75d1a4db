// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.influxdb;

import io.culex.metrics.export.OptionException;
import io.culex.metrics.export.Options;
import io.culex.metrics.export.PushSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says: {@code host}, {@code organisation}, {@code bucket} and {@code token} for InfluxDB 2, {@code hostname}
 * and {@code database} for InfluxDB 1.
 *
 * @param address where points are written to
 * @param headers of each request
 * @param trust whom to trust; null: whom the JDK trusts
 * @param protocol how points are written
 * @param push when
 */
record Settings(
        URI address,
        Map<String, String> headers,
        @Nullable SSLContext trust,
        LineProtocol protocol,
        PushSettings push) {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_BUFFER = 100_000;
    private static final int LINES_PER_REQUEST = 5000;

    /** The value of {@code token} that stands for the environment variable {@value #TOKEN}. */
    private static final String ENV = "env";

    private static final String TOKEN = "INFLUXDB_TOKEN";

    /** Reads the options, and the file with certificates when there is one; blocks. */
    static Settings of(InfluxExporter.Config config, String plugin, UnaryOperator<@Nullable String> environment)
            throws OptionException {
        Options options = new Options("influxdb");
        if (config.host().isEmpty() == config.hostname().isEmpty()) {
            throw options.wrong(
                    "Either 'plugin_opt_host' (InfluxDB 2) or 'plugin_opt_hostname' (InfluxDB 1) must be given.");
        }
        boolean two = !config.host().isEmpty();
        URI address = two ? versionTwo(options, config) : versionOne(options, config);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/plain; charset=utf-8");
        String authorization = authorization(options, config, two, environment);
        if (authorization != null) {
            headers.put("Authorization", authorization);
        }
        return new Settings(
                address,
                headers,
                options.trust("cafile", config.cafile()),
                new LineProtocol(
                        options.required("measurement", config.measurement()), Options.hostLabel(config.hostlabel())),
                new PushSettings(
                        plugin,
                        options.seconds("update_interval", config.update__interval(), 1),
                        options.number("buffer", config.buffer(), 1, MAX_BUFFER),
                        LINES_PER_REQUEST));
    }

    private static URI versionTwo(Options options, InfluxExporter.Config config) throws OptionException {
        URI host = options.address("host", config.host());
        String path = host.getRawPath() == null ? "" : host.getRawPath().replaceAll("/+$", "");
        return URI.create(host.getScheme() + "://" + host.getAuthority() + path + "/api/v2/write?org="
                + encode(options.required("organisation", config.organisation())) + "&bucket="
                + encode(options.required("bucket", config.bucket())) + "&precision=s");
    }

    private static URI versionOne(Options options, InfluxExporter.Config config) throws OptionException {
        String scheme = options.flag("use_tls", config.use__tls()) ? "https" : "http";
        int port = options.number("port", config.port(), 1, MAX_PORT);
        String name = config.hostname();
        String host = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
        URI base = options.address("hostname", scheme + "://" + host + ":" + port);
        return URI.create(
                base + "/write?db=" + encode(options.required("database", config.database())) + "&precision=s");
    }

    /** A token, or a user; null: none of both. */
    private static @Nullable String authorization(
            Options options, InfluxExporter.Config config, boolean two, UnaryOperator<@Nullable String> environment)
            throws OptionException {
        if (!config.username().isEmpty() || !config.password().isEmpty()) {
            String user = options.required("username", config.username());
            byte[] both = (user + ":" + config.password()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both);
        }
        if (!two) {
            return null;
        }
        String token = options.required("token", config.token());
        if (token.equals(ENV)) {
            String given = environment.apply(TOKEN);
            if (given == null || given.isBlank()) {
                throw options.wrong("'plugin_opt_token env' needs the environment variable " + TOKEN + ".");
            }
            token = given.strip();
        }
        return options.header("token", "Token " + token);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
