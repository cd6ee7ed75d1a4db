// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

/** A number and a unit: s, h, d, w, m (30 days) or y (365 days). */
final class DurationValue {
    private static final String UNITS = "shdwmy";
    private static final long[] SECONDS = {1, 3_600, 86_400, 604_800, 2_592_000, 31_536_000};
    private static final int MAX_DIGITS = 9;

    private DurationValue() {}

    static long seconds(Statement statement) throws InvalidConfigException {
        String word = statement.word();
        int last = word.length() - 1;
        int unit = UNITS.indexOf(word.charAt(last));
        String number = word.substring(0, last);
        if (unit < 0 || !isCount(number)) {
            throw statement.invalid("Error: Invalid '" + statement.keyword() + "' duration in configuration.");
        }
        return Long.parseLong(number) * SECONDS[unit];
    }

    private static boolean isCount(String number) {
        return !number.isEmpty()
                && number.length() <= MAX_DIGITS
                && number.chars().allMatch(c -> c >= '0' && c <= '9')
                && Long.parseLong(number) > 0;
    }
}
