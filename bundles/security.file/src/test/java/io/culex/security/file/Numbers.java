// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A format for tests: a number on each line; 0 is warned of. */
final class Numbers implements FileFormat<List<Integer>> {
    private boolean refusing;

    /** From now on the format takes nothing, as with a file that cannot be read; or takes it again. */
    void refuse(boolean on) {
        refusing = on;
    }

    @Override
    public String unreadable(Path file) {
        return "numbers: Error: Unable to open \"" + file.getFileName() + "\".";
    }

    @Override
    public List<Integer> parse(Path file, List<String> lines, Consumer<String> warnings) throws InvalidFileException {
        if (refusing) {
            throw new InvalidFileException(unreadable(file) + " Refused.");
        }
        List<Integer> numbers = new ArrayList<>();
        for (String line : lines) {
            try {
                numbers.add(Integer.parseInt(line.trim()));
            } catch (NumberFormatException e) {
                throw new InvalidFileException("numbers: Error: Bad line.", numbers.size() + 1, "not a number");
            }
            if (numbers.contains(0)) {
                warnings.accept("Warning: zero");
            }
        }
        return numbers;
    }
}
