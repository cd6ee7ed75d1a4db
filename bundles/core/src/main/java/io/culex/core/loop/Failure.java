// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

/** What becomes of an exception that one piece of work on a loop throws: the others go on. */
public final class Failure {
    private static final System.Logger LOG = System.getLogger("io.culex.core");

    private Failure() {}

    /** Says it; any thread. */
    public static void report(Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "Work on an event loop failed", failure);
    }
}
