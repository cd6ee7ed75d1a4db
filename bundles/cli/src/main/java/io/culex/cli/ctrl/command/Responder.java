// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import com.google.gson.JsonObject;
import io.culex.cli.ctrl.outcome.FailedException;

/** Carries out requests: a broker, or a file. */
public interface Responder {
    /**
     * Carries out one request; blocks.
     *
     * @param module whose request it is
     * @param request member {@code command} and what that takes
     * @return the answer: {@code command}, and {@code data} or {@code error}
     * @throws FailedException when there is no answer
     */
    JsonObject answer(Module module, JsonObject request) throws FailedException;
}
