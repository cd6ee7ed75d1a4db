// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

/** Who is told, before anything else, that the broker begins to stop. */
interface ServiceState {
    /** The stop begins. Any thread; does not block. */
    void stopping();
}
