// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import io.culex.api.message.ReasonCode;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.codec.Connack;

/** What a broker sends that somebody waits for. */
sealed interface Event {
    /** CONNACK, of success or not. */
    record Connected(Connack packet) implements Event {}

    /** SUBACK. */
    record Subscribed(int packetId, int code) implements Event {}

    /** The end of a PUBLISH of ours. */
    record Acknowledged(int packetId, ReasonCode reason) implements Event {}

    /** PUBLISH. */
    record Arrived(String topic, byte[] payload) implements Event {}

    /** Nothing will come any more. */
    record Ended(ExitStatus status, String reason) implements Event {}
}
