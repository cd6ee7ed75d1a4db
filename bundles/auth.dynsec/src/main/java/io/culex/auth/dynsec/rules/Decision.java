// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import org.jspecify.annotations.Nullable;

/**
 * What is decided about one access, and by what.
 *
 * @param step that decided; null unless {@code by} says so
 */
public record Decision(boolean allowed, By by, @Nullable Step step) {
    static final Decision DEFAULT_ALLOWS = new Decision(true, By.DEFAULT, null);
    static final Decision DEFAULT_DENIES = new Decision(false, By.DEFAULT, null);
    static final Decision CONTROL = new Decision(false, By.CONTROL, null);
    static final Decision UNKNOWN = new Decision(false, By.UNKNOWN_CLIENT, null);

    /** What decided. */
    public enum By {
        /** An ACL: the step has it. */
        ACL("acl"),
        /** A role that allows no wildcards in subscriptions. */
        WILDCARD("allowwildcardsubs"),
        /** Nothing else: the default access. */
        DEFAULT("default"),
        /** Nothing else, and the default access never opens {@code $CONTROL}. */
        CONTROL("control"),
        /** There is no such client: another plugin may know more. */
        UNKNOWN_CLIENT("unknown client");

        private final String text;

        By(String text) {
            this.text = text;
        }

        /** Its name in an explanation. */
        public String text() {
            return text;
        }
    }

    static Decision by(Step step) {
        return step.acl() == null
                ? new Decision(false, By.WILDCARD, step)
                : new Decision(step.acl().allow(), By.ACL, step);
    }
}
