// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import io.culex.api.message.ReasonCode;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/** What went wrong, in words for a person. Stateless. */
final class Reasons {
    private Reasons() {}

    /** Of a failure: what lies deepest says most. */
    static String of(IOException failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String text = deepest.getMessage();
        if (text == null || text.isBlank()) {
            return deepest instanceof EOFException
                    ? "The connection was closed"
                    : deepest.getClass().getSimpleName();
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** Of a Reason Code of MQTT 5, as Mosquitto writes them. */
    static String of(int code) {
        return ReasonCode.of(code)
                .map(reason -> reason.text().substring(0, 1).toUpperCase(Locale.ROOT)
                        + reason.text().substring(1))
                .orElse("Unknown reason " + code);
    }

    /** Of a Connect Return Code before MQTT 5. */
    static String connect(int code) {
        return switch (code) {
            case 1 -> "Connection Refused: unacceptable protocol version.";
            case 2 -> "Connection Refused: identifier rejected.";
            case 3 -> "Connection Refused: broker unavailable.";
            case 4 -> "Connection Refused: bad user name or password.";
            case 5 -> "Connection Refused: not authorised.";
            default -> "Connection Refused: unknown reason.";
        };
    }
}
