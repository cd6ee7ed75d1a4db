// SPDX-License-Identifier: Apache-2.0
/** What outlives a connection: subscriptions, messages in flight and in the queue, will and expiry. */
@NullMarked
package io.culex.core.session;

import org.jspecify.annotations.NullMarked;
