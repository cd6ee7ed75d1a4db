// SPDX-License-Identifier: Apache-2.0
package io.culex.itests;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The broker a test, or all tests of a class, talk to, when it is not {@link Setup#OPEN}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Uses {
    /** Which. */
    Setup value();
}
