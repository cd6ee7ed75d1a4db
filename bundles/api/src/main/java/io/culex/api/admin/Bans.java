// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who may not connect, whatever the plugins say. A service of the broker; any thread, does not block. Bans are in memory: they end
 * at the latest with the broker. Their number is bounded.
 */
@ProviderType
public interface Bans {
    /** Those that hold now. */
    List<Ban> list();

    /**
     * From the return on nobody whom it means comes in; who is connected is disconnected with 0x98. One of the same kind and
     * value is replaced.
     *
     * @return how many connections were closed, when they are
     * @throws Operation.RefusedException when there are too many, or the address is none
     */
    CompletionStage<Integer> add(Ban ban) throws Operation.RefusedException;

    /** Ends a ban; whether there was one. */
    boolean lift(Ban.Kind kind, String value);
}
