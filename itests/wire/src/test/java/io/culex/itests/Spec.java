// SPDX-License-Identifier: Apache-2.0
package io.culex.itests;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The normative statements of MQTT 5.0 that a test shows, as {@code MQTT-3.1.2-24}. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Spec {
    /** Their identifiers. */
    String[] value();
}
