// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.auth.EnhancedAuthenticator.Step;
import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import io.culex.codec.PropertiesBuilder;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Timer;
import io.culex.core.plugin.Gate;
import org.jspecify.annotations.Nullable;

/** Enhanced authentication of MQTT 5: the exchange of AUTH packets before CONNACK, or again later [MQTT-4.12]. */
final class EnhancedLogin {
    /** The plugin that asked is gone: the client may try again. */
    private static final Step.Failure VOID = new Step.Failure(ReasonCode.SERVER_UNAVAILABLE);

    /** The bytes of an AUTH before its properties. */
    private static final int REASON = 1;

    private final Connection connection;
    private final Login login;
    private final GateWait wait;
    private EnhancedAuthenticator.@Nullable Exchange exchange;
    private @Nullable Gate gate;
    private @Nullable String method;
    private byte @Nullable [] lastData;
    private boolean again;

    /** The plugin has as long as a client has for its CONNECT. What it says later is void. */
    private final Timer patience = new Timer() {
        @Override
        protected void expired() {
            if (exchange != null && !connection.isOver()) {
                failed(VOID);
            }
        }
    };

    private boolean isVoid;

    EnhancedLogin(Connection connection, Login login) {
        this.connection = connection;
        this.login = login;
        this.wait = new GateWait(connection);
    }

    void begin(AuthRequest request) {
        method = login.packet().properties().authenticationMethod();
        Gate now = connection.doorway().scope().gate();
        if (connection.isOver() || wait.holds(now, () -> begin(request))) {
            return;
        }
        gate = now;
        exchange = method == null || !now.isOpen() ? null : now.begin(method, request);
        if (exchange == null) {
            login.refuse(
                    login.packet().version(),
                    now.isOpen() ? ReasonCode.BAD_AUTHENTICATION_METHOD : ReasonCode.SERVER_UNAVAILABLE);
            return;
        }
        ask(login.packet().properties().authenticationData());
    }

    /** AUTH came: the next step of an exchange, or the begin of a new one [MQTT-4.12.1-1]. */
    void auth(ReasonCode reason, Properties properties) {
        String named = properties.authenticationMethod();
        boolean early = reason == ReasonCode.REAUTHENTICATE && !connection.isEstablished();
        if (early || method == null || !method.equals(named)) {
            connection.end(ReasonCode.PROTOCOL_ERROR, Goodbye.of(ReasonCode.PROTOCOL_ERROR));
            return;
        }
        if (reason == ReasonCode.REAUTHENTICATE) {
            again = true;
            isVoid = false;
            connection.pause(Pause.AUTH);
            beginAgain(method, properties.authenticationData());
        } else if (reason != ReasonCode.CONTINUE_AUTHENTICATION || (exchange == null && !isVoid)) {
            connection.end(ReasonCode.PROTOCOL_ERROR, Goodbye.of(ReasonCode.PROTOCOL_ERROR));
        } else if (isVoid || isStale()) {
            failed(VOID);
        } else {
            connection.pause(Pause.AUTH);
            ask(properties.authenticationData());
        }
    }

    private void beginAgain(String named, byte @Nullable [] data) {
        Gate now = connection.doorway().scope().gate();
        if (connection.isOver() || wait.holds(now, () -> beginAgain(named, data))) {
            return;
        }
        gate = now;
        exchange = now.isOpen() ? now.begin(named, login.request()) : null;
        if (exchange == null) {
            failed(now.isOpen() ? new Step.Failure(ReasonCode.BAD_AUTHENTICATION_METHOD) : VOID);
        } else {
            ask(data);
        }
    }

    /** The plugin of the exchange was replaced: what it says is void. */
    private boolean isStale() {
        return isStale(connection.doorway().scope().gate());
    }

    private boolean isStale(Gate now) {
        Gate before = gate;
        return method == null || before == null || !now.serves(method, before);
    }

    /** Plugins have come or gone: one that is gone is not held any longer while its client takes its time. */
    void lookAgain() {
        if (exchange != null && !connection.paused().isFor(Pause.AUTH) && isStale()) {
            exchange = null;
            gate = null;
            isVoid = true;
        }
    }

    private void ask(byte @Nullable [] data) {
        EnhancedAuthenticator.Exchange now = exchange;
        if (now == null) {
            return;
        }
        if (connection.isEstablished()) {
            // Before that the time limit for CONNECT runs; a pause stops the one between packets.
            connection.loop().wheel().arm(patience, connection.doorway().connectTimeoutMillis());
        }
        // The gate's guard turns what goes wrong in a plugin into a refusal: the stage never fails.
        now.next(data == null ? null : Payload.wrap(data))
                .thenAccept(step -> connection.loop().run(() -> answered(now, step)));
    }

    private void answered(EnhancedAuthenticator.Exchange by, Step step) {
        if (connection.isOver() || exchange != by) {
            return;
        }
        connection.loop().wheel().disarm(patience);
        Gate now = connection.doorway().scope().gate();
        long generation = connection.doorway().generation();
        if (isStale(now) || now.state() == Gate.State.REFUSING) {
            failed(VOID);
        } else if (wait.holds(now, () -> answered(by, step))) {
            return;
        } else if (step instanceof Step.Continue more) {
            send(ReasonCode.CONTINUE_AUTHENTICATION, more.data().toBytes());
        } else if (step instanceof Step.Success success) {
            exchange = null;
            gate = null;
            lastData = success.data() == null ? null : success.data().toBytes();
            succeeded(success, now, generation);
        } else if (step instanceof Step.Failure failure) {
            failed(failure);
        }
    }

    private void failed(Step.Failure failure) {
        exchange = null;
        gate = null;
        isVoid = false;
        connection
                .loop()
                .counters()
                .increment(failure.equals(Gate.NO_STEP) ? Counter.EXTENDED_AUTH_ERROR : Counter.EXTENDED_AUTH_FAIL);
        if (again) {
            connection.end(ofDisconnect(failure.reason()), Goodbye.of(failure.reason()));
        } else {
            login.refuse(login.packet().version(), failure.reason());
        }
    }

    /** Not every code of a CONNACK may stand in a DISCONNECT (table 2-6). */
    private static ReasonCode ofDisconnect(ReasonCode ofConnack) {
        return switch (ofConnack) {
            case SERVER_UNAVAILABLE -> ReasonCode.SERVER_BUSY;
            case PACKET_TOO_LARGE -> ofConnack;
            default -> ReasonCode.NOT_AUTHORIZED;
        };
    }

    private void succeeded(Step.Success success, Gate now, long generation) {
        connection.loop().counters().increment(Counter.EXTENDED_AUTH_SUCCESS);
        if (again) {
            send(ReasonCode.SUCCESS, lastData);
        } else {
            String named = success.username();
            String username = named == null ? login.username() : named;
            String by = method == null ? "" : now.serving(method);
            login.accepted(username, by, Admission.Known.now(generation, now, username));
        }
    }

    /** The next word of the exchange, or the end of a new one; what is larger than the client takes is its failure [MQTT-3.1.2-24]. */
    private void send(ReasonCode reason, byte @Nullable [] data) {
        Properties properties = addTo(Properties.builder(), data).build();
        if (login.reply(login.packet().version()).fits(REASON, properties)) {
            PacketWriter.auth(connection.output().packet(PacketType.AUTH), reason, properties);
            connection.resume(Pause.AUTH);
        } else {
            failed(new Step.Failure(ReasonCode.PACKET_TOO_LARGE));
        }
    }

    /** CONNACK names the method and carries the last data [MQTT-4.12.0-5]. */
    void addTo(PropertiesBuilder properties) {
        if (method != null) {
            addTo(properties, lastData);
        }
    }

    private PropertiesBuilder addTo(PropertiesBuilder properties, byte @Nullable [] data) {
        if (method != null) {
            properties.authenticationMethod(method);
        }
        if (data != null) {
            properties.authenticationData(data);
        }
        return properties;
    }

    void closed() {
        connection.loop().wheel().disarm(patience);
        exchange = null;
        gate = null;
    }
}
