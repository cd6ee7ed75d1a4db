// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FailureReasonTest {
    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void isTheMessageOfTheComponentsOwnException() {
        Exception own = new IllegalArgumentException("acl-file: Error: bad.", new NumberFormatException("deeper"));
        assertEquals("acl-file: Error: bad.", FailureReason.of(trace(own)));
        assertEquals(
                "acl-file: Error: bad.", FailureReason.of(trace(new java.lang.reflect.InvocationTargetException(own))));
    }

    @Test
    void keepsEveryLineOfTheMessage() {
        assertEquals(
                "Error: bad.\nError found at a:3.",
                FailureReason.of(trace(new IllegalStateException("Error: bad.\nError found at a:3."))));
    }

    @Test
    void saysThatItIsAnErrorWhereTheMessageDoesNot() {
        assertEquals("Error: port in use", FailureReason.of(trace(new IllegalStateException("port in use"))));
    }

    @Test
    void namesTheExceptionWithoutAMessage() {
        assertEquals("Error: java.lang.IllegalStateException", FailureReason.of(trace(new IllegalStateException())));
        assertEquals("Error: A component failed without a reason.", FailureReason.of(null));
    }
}
