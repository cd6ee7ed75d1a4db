// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a listing are shown, and in which order.
 *
 * @param filter rows with a cell that has this text ({@code *} and {@code ?}: a whole cell of that form) are shown; null: all
 * @param sort the column to sort by, or null: as they come
 * @param reverse the other way round
 * @param offset how many are left out first
 * @param limit how many are shown; negative: all
 */
public record Selection(@Nullable String filter, @Nullable String sort, boolean reverse, int offset, int limit) {
    /** Everything as it comes. */
    public static final Selection ALL = new Selection(null, null, false, 0, -1);

    /** What finds rows; null: every row. */
    @Nullable
    Pattern pattern() {
        if (filter == null) {
            return null;
        }
        if (filter.indexOf('*') < 0 && filter.indexOf('?') < 0) {
            return Pattern.compile(".*" + Pattern.quote(filter) + ".*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        }
        String regex = ("\\Q" + filter.replace("\\E", "\\E\\\\E\\Q") + "\\E")
                .replace("*", "\\E.*\\Q")
                .replace("?", "\\E.\\Q");
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
