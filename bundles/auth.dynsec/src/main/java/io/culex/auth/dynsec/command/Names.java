// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import java.nio.charset.StandardCharsets;

/** Texts as MQTT allows them [MQTT-1.5.4]; what a client could never send is no name for one. */
final class Names {
    private static final int MAX_BYTES = 65_535;

    private Names() {}

    static boolean isText(String text) {
        return text.codePoints().noneMatch(Names::isExcluded)
                && (text.length() <= MAX_BYTES / 3 || text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES);
    }

    /** Control characters, halves of a pair, noncharacters. */
    private static boolean isExcluded(int code) {
        return code < ' '
                || (code >= 0x7F && code <= 0x9F)
                || (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)
                || (code >= 0xFDD0 && code <= 0xFDEF)
                || (code & 0xFFFE) == 0xFFFE;
    }
}
