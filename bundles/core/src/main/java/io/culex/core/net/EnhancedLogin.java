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
import io.culex.core.plugin.Gate;
import org.jspecify.annotations.Nullable;

/** Enhanced authentication of MQTT 5: the exchange of AUTH packets before CONNACK, or again later [MQTT-4.12]. */
final class EnhancedLogin {
    private final Connection connection;
    private final Login login;
    private EnhancedAuthenticator.@Nullable Exchange exchange;
    private @Nullable Gate gate;
    private @Nullable String method;
    private byte @Nullable [] lastData;
    private boolean again;

    EnhancedLogin(Connection connection, Login login) {
        this.connection = connection;
        this.login = login;
    }

    void begin(AuthRequest request) {
        method = login.packet().properties().authenticationMethod();
        Gate now = connection.scope().gate();
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
        if (method == null || !method.equals(named)) {
            connection.end(ReasonCode.PROTOCOL_ERROR, Goodbye.of(ReasonCode.PROTOCOL_ERROR));
            return;
        }
        if (reason == ReasonCode.REAUTHENTICATE) {
            again = true;
            Gate now = connection.scope().gate();
            gate = now;
            exchange = now.isOpen() ? now.begin(method, login.request()) : null;
        }
        if (exchange == null || (reason != ReasonCode.REAUTHENTICATE && reason != ReasonCode.CONTINUE_AUTHENTICATION)) {
            connection.end(ReasonCode.PROTOCOL_ERROR, Goodbye.of(ReasonCode.PROTOCOL_ERROR));
            return;
        }
        if (isStale()) {
            failed(new Step.Failure(ReasonCode.NOT_AUTHORIZED));
            return;
        }
        connection.pause(Pause.AUTH);
        ask(properties.authenticationData());
    }

    /** The gate was replaced: the exchange belongs to a plugin that may be gone, and what it says is void. */
    @SuppressWarnings("ReferenceEquality") // a gate is another one even when it says the same
    private boolean isStale() {
        return gate != connection.scope().gate();
    }

    private void ask(byte @Nullable [] data) {
        EnhancedAuthenticator.Exchange now = exchange;
        if (now == null) {
            return;
        }
        // The gate's guard turns what goes wrong in a plugin into a refusal: the stage never fails.
        now.next(data == null ? null : Payload.wrap(data))
                .thenAccept(step -> connection.loop().run(() -> answered(now, step)));
    }

    private void answered(EnhancedAuthenticator.Exchange by, Step step) {
        if (connection.isOver() || exchange != by) {
            return;
        }
        if (isStale()) {
            failed(new Step.Failure(ReasonCode.NOT_AUTHORIZED));
        } else if (step instanceof Step.Continue more) {
            send(ReasonCode.CONTINUE_AUTHENTICATION, more.data().toBytes());
            connection.resume(Pause.AUTH);
        } else if (step instanceof Step.Success success) {
            exchange = null;
            lastData = success.data() == null ? null : success.data().toBytes();
            succeeded(success);
        } else if (step instanceof Step.Failure failure) {
            failed(failure);
        }
    }

    private void failed(Step.Failure failure) {
        exchange = null;
        connection
                .loop()
                .counters()
                .increment(failure.equals(Gate.NO_STEP) ? Counter.EXTENDED_AUTH_ERROR : Counter.EXTENDED_AUTH_FAIL);
        if (again) {
            // Not every code of a CONNACK may stand in a DISCONNECT (table 2-6).
            connection.end(ReasonCode.NOT_AUTHORIZED, Goodbye.of(failure.reason()));
        } else {
            login.refuse(login.packet().version(), failure.reason());
        }
    }

    private void succeeded(Step.Success success) {
        connection.loop().counters().increment(Counter.EXTENDED_AUTH_SUCCESS);
        if (again) {
            send(ReasonCode.SUCCESS, lastData);
            connection.resume(Pause.AUTH);
        } else {
            String named = success.username();
            Gate now = connection.scope().gate();
            String username = named == null ? login.username() : named;
            String by = method == null ? "" : now.serving(method);
            login.accepted(username, by, Admission.Known.now(now, username));
        }
    }

    private void send(ReasonCode reason, byte @Nullable [] data) {
        PacketWriter.auth(
                connection.output().packet(PacketType.AUTH),
                reason,
                addTo(Properties.builder(), data).build());
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
        exchange = null;
    }
}
