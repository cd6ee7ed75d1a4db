// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.util.Map;

/**
 * One property of MQTT 5.
 *
 * @param id which
 * @param value a {@link Number}, a {@link String}, a {@code byte[]} or a {@link Map.Entry} of two strings, by its form
 */
public record Property(PropertyId id, Object value) {
    /** Written with the form of {@link #id}, whatever packet it is in. */
    void encode(WireWriter out) {
        out.u8(id.code());
        switch (id.form()) {
            case BYTE -> out.u8((int) number());
            case TWO_BYTES -> out.u16((int) number());
            case FOUR_BYTES -> out.u32(number());
            case VARIABLE -> out.variable(number());
            case STRING -> out.string((String) value);
            case BINARY -> out.binary((byte[]) value);
            case PAIR -> {
                Map.Entry<?, ?> pair = (Map.Entry<?, ?>) value;
                out.string((String) pair.getKey()).string((String) pair.getValue());
            }
        }
    }

    long number() {
        return ((Number) value).longValue();
    }
}
