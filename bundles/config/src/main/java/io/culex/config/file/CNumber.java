// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole numbers as C's strtol with base 0 reads them: decimal, 0x hexadecimal, 0 octal. */
final class CNumber {
    private static final Pattern FORM =
            Pattern.compile("[\\t\\u000b\\f]*([+-]?)(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))");
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private CNumber() {}

    /** The number that the whole word is. */
    static long parse(String word, String name, Statement statement) throws InvalidConfigException {
        Matcher m = FORM.matcher(word);
        if (!m.matches()) {
            throw statement.invalid("Error: '" + name + "' value not a number.");
        }
        BigInteger number = magnitude(m);
        if (m.group(1).equals("-")) {
            number = number.negate();
        }
        if (number.compareTo(MIN) < 0 || number.compareTo(MAX) > 0) {
            throw outOfRange(name, statement);
        }
        return number.longValue();
    }

    /** The number of C's type int that the whole word is. */
    static int parseInt(String word, String name, Statement statement) throws InvalidConfigException {
        long number = parse(word, name, statement);
        if (number > Integer.MAX_VALUE || number < Integer.MIN_VALUE) {
            throw outOfRange(name, statement);
        }
        return (int) number;
    }

    private static InvalidConfigException outOfRange(String name, Statement statement) {
        return statement.invalid("Error: '" + name + "' value out of range.");
    }

    private static BigInteger magnitude(Matcher m) {
        if (m.group(2) != null) {
            return new BigInteger(m.group(2), 16);
        }
        return m.group(3) != null ? new BigInteger(m.group(3), 8) : new BigInteger(m.group(4));
    }
}
