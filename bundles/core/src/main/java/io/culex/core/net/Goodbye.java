// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.message.ReasonCode;

/** The words of the log for the end of a connection (SPEC H.4); scripts read them. */
final class Goodbye {
    /** The client has closed the connection without a word. */
    static final String BY_CLIENT = "connection closed by client";

    /** It came in by a listener that has been changed before it logged in. */
    static final String LISTENER_CHANGED = "listener changed";

    private static final String CALL_FAILED = " failed with error(";

    private Goodbye() {}

    /** What follows {@code disconnected: }. */
    static String of(ReasonCode reason) {
        return switch (reason) {
            case MALFORMED_PACKET -> "malformed packet";
            case PROTOCOL_ERROR -> "protocol error";
            case NOT_AUTHORIZED -> "not authorised";
            case KEEP_ALIVE_TIMEOUT -> "exceeded timeout";
            case PACKET_TOO_LARGE -> "oversize packet";
            case QOS_NOT_SUPPORTED, RETAIN_NOT_SUPPORTED ->
                "used disallowed feature (QoS too high, retain not supported, or bad AUTH method)";
            case BAD_AUTHENTICATION_METHOD -> "bad authentication method";
            case ADMINISTRATIVE_ACTION -> "administrative action";
            case RECEIVE_MAXIMUM_EXCEEDED -> "receive maximum exceeded";
            case IMPLEMENTATION_SPECIFIC_ERROR, UNSPECIFIED_ERROR -> "implementation specific error";
            case CLIENT_IDENTIFIER_NOT_VALID -> "client identifier not valid";
            case BAD_USER_NAME_OR_PASSWORD -> "bad username or password";
            case SERVER_UNAVAILABLE -> "server unavailable";
            case SERVER_BUSY -> "server busy";
            case SERVER_SHUTTING_DOWN -> "server shutting down";
            case BANNED -> "client banned";
            case QUOTA_EXCEEDED -> "quota exceeded";
            case CONNECTION_RATE_EXCEEDED -> "connection rate exceeded";
            case SESSION_TAKEN_OVER -> "session taken over";
            case TOPIC_ALIAS_INVALID -> "topic alias invalid";
            default -> reason.text();
        };
    }

    /** The same for what the network, or TLS, says: without the name of the call that said so. A reset is the client's. */
    static String of(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        int call = text.indexOf(CALL_FAILED);
        int end = call < 0 ? -1 : text.indexOf("): ", call);
        String words = end < 0 ? text : text.substring(end + 3);
        return words.startsWith("Connection reset") ? BY_CLIENT : words;
    }

    /** The Connect Return Code before MQTT 5; -1: the connection is closed without a CONNACK. */
    static int returnCode(ReasonCode reason) {
        return switch (reason) {
            case UNSUPPORTED_PROTOCOL_VERSION -> 1;
            case CLIENT_IDENTIFIER_NOT_VALID -> 2;
            case SERVER_UNAVAILABLE -> 3;
            case BAD_USER_NAME_OR_PASSWORD -> 4;
            case NOT_AUTHORIZED, BANNED, PACKET_TOO_LARGE -> 5;
            default -> -1;
        };
    }
}
