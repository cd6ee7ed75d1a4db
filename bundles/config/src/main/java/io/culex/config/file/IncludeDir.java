// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files of an {@code include_dir}, in the order in which they are read. */
final class IncludeDir {
    /** Letter by letter without regard to case; of equal letters the upper case first; then the shorter. */
    static final Comparator<String> ORDER = IncludeDir::compare;

    private static final String ENDING = ".conf";

    private IncludeDir() {}

    static List<String> files(String dir, Statement statement, FileTexts texts) throws InvalidConfigException {
        List<String> names = new ArrayList<>();
        try {
            for (String name : texts.names(dir)) {
                if (name.endsWith(ENDING) && name.length() > ENDING.length()) {
                    names.add(name);
                }
            }
        } catch (IOException | InvalidPathException e) {
            throw statement.invalid("Error: Unable to open include_dir '" + dir + "'.");
        }
        names.sort(ORDER);
        return names.stream().map(name -> dir + "/" + name).toList();
    }

    private static int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            int order = compare(a.charAt(i), b.charAt(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static int compare(char a, char b) {
        int order = Character.compare(Character.toUpperCase(a), Character.toUpperCase(b));
        return order != 0 ? order : Character.compare(a, b);
    }
}
