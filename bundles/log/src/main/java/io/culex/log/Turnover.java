// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

/** From here on lines go elsewhere. In the backlog, so that lines from before a reload still go where they belong. */
record Turnover(LineFormat format, Outlets outlets) implements Entry {}
