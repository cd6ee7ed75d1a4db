// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.config.ListenerSettings;

/** One listener as it stands now: its settings and its gate. */
public record Scope(ListenerSettings listener, Gate gate) {}
