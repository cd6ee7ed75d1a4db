// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.codec.ProtocolVersion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options while they are being read; a later one wins over an earlier one. */
final class Draft {
    private static final int PLAIN_PORT = 1883;
    private static final int TLS_PORT = 8883;

    @Nullable
    String host;

    int port = -1;
    int urlPort = -1;

    @Nullable
    String unix;

    @Nullable
    String webSocket;

    Options.@Nullable Proxy proxy;

    @Nullable
    String from;

    boolean noDelay;
    boolean named;

    @Nullable
    String clientId;

    final DraftLogin login = new DraftLogin();

    @Nullable
    String cafile;

    @Nullable
    String capath;

    @Nullable
    String cert;

    @Nullable
    String key;

    @Nullable
    String keyform;

    @Nullable
    String ciphers;

    @Nullable
    String tlsVersion;

    @Nullable
    String alpn;

    @Nullable
    String engine;

    @Nullable
    String enginePass;

    boolean insecure;
    boolean systemCerts;
    boolean tlsUrl;

    @Nullable
    String psk;

    @Nullable
    String pskIdentity;

    ProtocolVersion version = ProtocolVersion.MQTT_5;
    int qos = 1;
    Duration limit = Duration.ofSeconds(10);
    boolean debug;
    boolean verbose;
    boolean quiet;
    boolean json;

    @Nullable
    String dataFile;

    @Nullable
    String optionsFile;

    boolean help;
    boolean showVersion;

    static FailedException wrong(String problem) {
        return new FailedException(ExitStatus.OPTIONS, "Error: " + problem);
    }

    /** A broker of its own, which nothing that was said of another one concerns. */
    void host(String value) {
        server(value, null);
    }

    void unix(String value) {
        server(null, value);
    }

    private void server(@Nullable String newHost, @Nullable String newUnix) {
        host = newHost;
        unix = newUnix;
        urlPort = -1;
        webSocket = null;
        tlsUrl = false;
        named = true;
        login.anotherBroker();
    }

    void port(int value) {
        port = value;
        named = true;
    }

    /** What a URL says besides the host; where it names no port (-1), that of its scheme counts. */
    void url(boolean tls, @Nullable String webSocketPath, int namedPort) {
        tlsUrl = tls;
        webSocket = webSocketPath;
        port = -1;
        urlPort = namedPort > 0 ? namedPort : tls ? TLS_PORT : PLAIN_PORT;
    }

    Options build() throws FailedException {
        Options.Login who = login.build(clientId);
        check(who);
        int given = port > 0 ? port : urlPort;
        Encryption encryption = encryption(given == TLS_PORT);
        Options.Server server = new Options.Server(
                host == null ? "localhost" : host,
                given > 0 ? given : encryption instanceof Encryption.None ? PLAIN_PORT : TLS_PORT,
                unix == null ? null : path(unix),
                webSocket,
                proxy,
                from,
                noDelay,
                named);
        return new Options(
                server,
                who,
                encryption,
                new Options.Conversation(version, qos, limit),
                new Options.Output(debug, verbose, quiet, json),
                dataFile == null ? null : path(dataFile));
    }

    private void check(Options.Login who) throws FailedException {
        if ((cert == null) != (key == null)) {
            throw wrong("Both certfile and keyfile must be provided if one of them is set.");
        }
        if (keyform != null && key == null) {
            throw wrong("If keyform is set, keyfile must be also specified.");
        }
        if (enginePass != null && (engine == null || keyform == null)) {
            throw wrong("when using tls-engine-kpass-sha1, both tls-engine and keyform must also be provided.");
        }
        if (engine != null || (keyform != null && !keyform.equals("pem"))) {
            throw wrong("OpenSSL engines are not supported; give the key as a PEM file.");
        }
        if (psk != null && (cafile != null || capath != null)) {
            throw wrong("Only one of --psk or --cafile/--capath may be used at once.");
        }
        if (psk != null && pskIdentity == null) {
            throw wrong("--psk-identity required if --psk used.");
        }
        if (psk == null && pskIdentity != null) {
            throw wrong("--psk required if --psk-identity used.");
        }
        if (unix != null && proxy != null) {
            throw wrong("--proxy leads to no unix socket; only one of --unix and --proxy may be used.");
        }
        if (who.password() != null && who.username() == null && version != ProtocolVersion.MQTT_5) {
            throw wrong("-P needs -u with MQTT 3.1 and 3.1.1.");
        }
    }

    private Encryption encryption(boolean tlsPort) throws FailedException {
        if (psk != null) {
            if ("tlsv1.3".equals(tlsVersion)) {
                throw wrong("--psk is TLS 1.2; it cannot be used with --tls-version tlsv1.3.");
            }
            return new Encryption.SharedKey(String.valueOf(pskIdentity), hex(psk), ciphers);
        }
        boolean files = cafile != null || capath != null;
        if (!files && !systemCerts && !tlsUrl && cert == null && (unix != null || !tlsPort)) {
            return new Encryption.None();
        }
        return new Encryption.Certificates(
                cafile == null ? null : path(cafile),
                capath == null ? null : path(capath),
                systemCerts || !files,
                insecure,
                cert == null ? null : path(cert),
                key == null ? null : path(key),
                ciphers,
                tlsVersion,
                alpn == null ? List.of() : List.of(alpn.split(",", -1)));
    }

    private static byte[] hex(String text) throws FailedException {
        try {
            byte[] bytes = HexFormat.of().parseHex(text.length() % 2 == 0 ? text : "0" + text);
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new FailedException(ExitStatus.OPTIONS, "Error: --psk is not a hexadecimal number.", e);
        }
        throw wrong("--psk is empty.");
    }

    private static Path path(String text) throws FailedException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new FailedException(ExitStatus.OPTIONS, "Error: '" + text + "' is no file name.", e);
        }
    }
}
