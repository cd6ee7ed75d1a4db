// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operating system said, without what the transport wrote around it. */
final class Reason {
    static final String IN_USE = "Address already in use";
    static final String NOT_AVAILABLE = "Cannot assign requested address";

    private static final Pattern NATIVE = Pattern.compile(".*\\) failed with error\\(-?\\d+\\): (.*)", Pattern.DOTALL);

    private Reason() {}

    static String of(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        Matcher matcher = NATIVE.matcher(message);
        return matcher.matches() ? matcher.group(1) : message;
    }
}
