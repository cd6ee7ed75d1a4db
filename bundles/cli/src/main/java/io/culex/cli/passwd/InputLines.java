// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The {@code username:password} lines of standard input. */
final class InputLines {
    private InputLines() {}

    /**
     * The logins in their order. Blank lines and comments are passed over.
     *
     * @throws FailedException naming the first line that is neither, by its number and without its text
     */
    static List<Login> logins(byte[] input) throws FailedException {
        List<Login> logins = new ArrayList<>();
        int number = 0;
        int from = 0;
        while (from < input.length) {
            int end = from;
            while (end < input.length && input[end] != '\n') {
                end++;
            }
            number++;
            byte[] line = Arrays.copyOfRange(input, from, end > from && input[end - 1] == '\r' ? end - 1 : end);
            from = end + 1;
            if (!isBeside(line)) {
                logins.add(login(line, number));
            }
        }
        return logins;
    }

    private static boolean isBeside(byte[] line) {
        for (byte each : line) {
            if (each == '#') {
                return true;
            }
            if (each != ' ' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    private static Login login(byte[] line, int number) throws FailedException {
        int colon = 0;
        while (colon < line.length && line[colon] != ':') {
            colon++;
        }
        if (colon >= line.length - 1) {
            throw new FailedException("Error: Line " + number + " of standard input is not username:password.");
        }
        String name = new String(line, 0, colon, StandardCharsets.UTF_8);
        try {
            return new Login(
                    Options.checkText("Username", Options.checkName(name)),
                    Arrays.copyOfRange(line, colon + 1, line.length));
        } catch (FailedException e) {
            throw new FailedException(e.getMessage() + " (Line " + number + " of standard input.)", e);
        }
    }
}
