// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

/** The version of MQTT that a number of CONNECT stands for. */
final class ProtocolName {
    private ProtocolName() {}

    static String of(int level) {
        return switch (level) {
            case 3 -> "3.1";
            case 4 -> "3.1.1";
            case 5 -> "5.0";
            default -> String.valueOf(level);
        };
    }
}
