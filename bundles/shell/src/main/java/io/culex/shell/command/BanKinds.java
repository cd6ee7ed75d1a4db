// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.Ban;

/** Which kind of ban a command means. */
final class BanKinds {
    private BanKinds() {}

    static Ban.Kind of(boolean user, boolean address) {
        if (user && address) {
            throw new IllegalArgumentException("a ban is of a user or of an address, not both");
        }
        return user ? Ban.Kind.USER : address ? Ban.Kind.ADDRESS : Ban.Kind.ID;
    }

    static String text(Ban.Kind kind, String value) {
        return switch (kind) {
            case ID -> "Client " + value;
            case USER -> "User " + value;
            case ADDRESS -> "Address " + value;
        };
    }
}
