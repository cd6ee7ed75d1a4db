// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

/** What the writing thread takes from the backlog, in order. */
sealed interface Entry permits Line, Turnover {}
