// SPDX-License-Identifier: Apache-2.0
package io.culex.config.view;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which values of options must not be shown. */
final class Secrets {
    static final String MASK = "******";

    private static final Pattern NAMES =
            Pattern.compile("pass(word|wd|phrase)?|secret|token|psk|pin|credential|api_?key|headers?|authorization");
    private static final Pattern IN_URL = Pattern.compile("(//[^/@:\\s]*:)[^/@\\s]+@");

    private Secrets() {}

    /** The value as it may be shown. The name of a file with secrets is none. */
    static String mask(String option, String value) {
        String name = option.toLowerCase(Locale.ROOT);
        boolean isFile = name.endsWith("_file") || name.endsWith("file") || name.endsWith("_hint");
        if (!isFile && isSecret(name)) {
            return MASK;
        }
        return IN_URL.matcher(value).replaceAll("$1" + MASK + "@");
    }

    private static boolean isSecret(String name) {
        for (String word : name.split("[_.-]", -1)) {
            if (NAMES.matcher(word).matches()) {
                return true;
            }
        }
        return name.contains("password") || name.contains("secret") || name.contains("api_key");
    }
}
