// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PluginOptionsTest {
    private final PluginOptions options = new PluginOptions("password-file");

    @Test
    void readsValuesAsMosquittoDoes() throws InvalidFileException {
        assertEquals(true, options.flag("watch", "true"));
        assertEquals(true, options.flag("watch", "1"));
        assertEquals(false, options.flag("watch", "false"));
        assertEquals(false, options.flag("watch", "0"));
        assertEquals(17, options.number("n", "17", 0, 17));
        assertEquals(Path.of("/p"), options.file("password_file", "/p"));
    }

    @Test
    void namesTheOptionThatIsWrong() {
        assertEquals(
                "password-file: Error: Invalid 'plugin_opt_watch' value (yes).",
                refusal(() -> options.flag("watch", "yes")));
        assertEquals(
                "password-file: Error: 'plugin_opt_n' value not a number.",
                refusal(() -> options.number("n", "x", 0, 1)));
        assertEquals(
                "password-file: Error: 'plugin_opt_n' value out of range, it is 0 to 1.",
                refusal(() -> options.number("n", "2", 0, 1)));
        assertEquals(
                "password-file: Error: The plugin needs 'plugin_opt_f', the path of its file.",
                refusal(() -> options.file("f", "")));
    }

    private static String refusal(Executable call) {
        return assertThrows(InvalidFileException.class, call).text();
    }
}
