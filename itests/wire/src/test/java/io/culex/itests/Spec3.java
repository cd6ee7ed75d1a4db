// SPDX-License-Identifier: Apache-2.0
package io.culex.itests;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The normative statements of MQTT 3.1.1 that a test shows; their numbers differ from those of {@link Spec}. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Spec3 {
    /** Their identifiers. */
    String[] value();
}
