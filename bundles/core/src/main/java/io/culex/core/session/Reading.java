// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

/** Whether a client may receive a message. */
enum Reading {
    /** It may. */
    MAY,
    /** Who must decide about it cannot yet: the message waits. */
    LATER,
    /** It may not. */
    NEVER
}
