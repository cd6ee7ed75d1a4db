// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import java.util.Locale;

/**
 * What stands between the sign and the letter of a conversion of strftime.
 *
 * @param pad of {@code -}, {@code _} and {@code 0} the last one; a blank when there is none
 * @param upper whether there is a {@code ^}
 * @param swapped whether there is a {@code #}
 * @param width at least so many characters
 */
record Flags(char pad, boolean upper, boolean swapped, int width) {
    private static final char USUAL = ' ';

    static Flags of(String flags, int width) {
        String pads = flags.replaceAll("[\\^#]", "");
        return new Flags(
                pads.isEmpty() ? USUAL : pads.charAt(pads.length() - 1),
                flags.contains("^"),
                flags.contains("#"),
                width);
    }

    /** The text of a conversion in its case, and filled up. */
    String apply(Conversion conversion, String text) {
        int digits = conversion.digits();
        if (digits == 0) {
            return filled(inItsCase(conversion, text), width, pad == '0' ? '0' : ' ');
        }
        if (pad == '-') {
            return filled(text, width, ' ');
        }
        boolean blanks = pad == '_' || (pad == USUAL && conversion.fill() == ' ');
        return filled(text, Math.max(digits, width), blanks ? ' ' : '0');
    }

    private String inItsCase(Conversion conversion, String text) {
        if (swapped && conversion.swapped() == Conversion.Case.LOWER) {
            return text.toLowerCase(Locale.ROOT);
        }
        boolean toUpper = upper || (swapped && conversion.swapped() == Conversion.Case.UPPER);
        return toUpper && conversion.swapped() != Conversion.Case.ALWAYS_LOWER ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static String filled(String text, int least, char fill) {
        return String.valueOf(fill).repeat(Math.max(0, least - text.length())) + text;
    }
}
