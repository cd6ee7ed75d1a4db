// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class DiallingTest {
    /** It becomes the end of a sentence that has its own. */
    @Test
    void aReasonHasNoFullStopOfItsOwn() {
        Throwable refusal = new GenerationRefusedException(
                Kind.CONFIGURATION, "Error: Unable to load CA certificates \"x\". No such file.");
        assertEquals(
                "Error: Unable to load CA certificates \"x\". No such file",
                Dialling.reason(new CompletionException(refusal)));
        assertEquals("Connection refused", Dialling.reason(new IOException("Connection refused")));
    }

    @Test
    void whatHasNoWordsIsNamed() {
        assertEquals("the name is not known", Dialling.reason(new UnknownHostException("x.")));
        assertEquals("IOException", Dialling.reason(new IOException()));
    }
}
