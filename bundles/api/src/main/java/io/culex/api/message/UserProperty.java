// SPDX-License-Identifier: Apache-2.0
package io.culex.api.message;

import java.util.Objects;

/** A User Property of MQTT 5: a name and a value; a name may occur more than once [MQTT-3.3.2.3.7]. */
public record UserProperty(String name, String value) {
    public UserProperty {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
