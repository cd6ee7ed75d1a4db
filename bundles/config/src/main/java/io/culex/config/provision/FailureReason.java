// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a component itself says of its failure, out of the stack trace that the component runtime keeps. */
public final class FailureReason {
    private static final Pattern FRAME =
            Pattern.compile("\\s*(at .+\\(.*\\)|\\.\\.\\. \\d+ (more|common frames omitted))\\s*");
    private static final Pattern HEAD = Pattern.compile("(?:Caused by: )?([\\w$]+(?:\\.[\\w$]+)+)(?:: (.*))?");
    private static final List<String> WRAPPERS = List.of(
            "org.osgi.service.component.ComponentException",
            "java.lang.reflect.InvocationTargetException",
            "java.lang.reflect.UndeclaredThrowableException");

    private FailureReason() {}

    /** The message of the first exception that is the component's own; a line or several. */
    public static String of(@Nullable String trace) {
        if (trace == null || trace.isBlank()) {
            return "Error: A component failed without a reason.";
        }
        StringBuilder message = new StringBuilder();
        boolean inside = false;
        for (String line : trace.split("\\R", -1)) {
            if (FRAME.matcher(line).matches() || line.startsWith("Caused by: ")) {
                if (!message.isEmpty()) {
                    break;
                }
                inside = false;
            }
            var head = HEAD.matcher(line);
            if (!inside && head.matches()) {
                inside = !WRAPPERS.contains(head.group(1));
                String said = head.group(2);
                message.append(!inside ? "" : said == null || said.isBlank() ? head.group(1) : said);
            } else if (inside && !line.isBlank()) {
                message.append('\n').append(line);
            }
        }
        String reason = message.isEmpty() ? trace.lines().findFirst().orElse("") : message.toString();
        return reason.contains("Error") ? reason : "Error: " + reason;
    }
}
