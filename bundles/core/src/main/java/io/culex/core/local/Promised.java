// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Ledger;
import java.util.concurrent.CompletableFuture;

/** An answer that is given when what it promises is kept. */
record Promised(CompletableFuture<ReasonCode> result, ReasonCode code) implements Ledger.Awaiting {
    @Override
    public void kept() {
        result.complete(code);
    }

    @Override
    public void failed() {
        result.complete(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
    }
}
