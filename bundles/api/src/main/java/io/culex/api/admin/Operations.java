// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Runs operations of plugins on the admin thread, one at a time. A service of the broker; any thread, does not block. */
@ProviderType
public interface Operations {
    /**
     * Runs one.
     *
     * @param arguments by name; who calls has seen to it that those which are required are there
     * @return what {@link Operation#run} completes with; whatever it throws becomes a failure
     */
    CompletionStage<List<String>> run(Operation operation, Map<String, String> arguments);
}
