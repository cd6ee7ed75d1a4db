// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludeDirTest {
    private final ConfText conf;
    private final String include;

    IncludeDirTest(@TempDir Path dir) {
        conf = new ConfText(dir);
        include = "include_dir " + dir.resolve("conf.d");
    }

    @Test
    void ordersNamesWithoutRegardToCaseAndUpperFirst() {
        List<String> expected = List.of("00.conf", "01.conf", "A.conf", "a.conf", "B.conf", "b.conf", "b.confx");
        List<String> names = new ArrayList<>(expected);
        Collections.reverse(names);
        names.sort(IncludeDir.ORDER);
        assertEquals(expected, names);
    }

    @Test
    void readsTheFilesInThatOrder() throws Exception {
        conf.write("conf.d/b.conf", "sys_interval 3");
        conf.write("conf.d/B.conf", "sys_interval 2");
        conf.write("conf.d/00.conf", "sys_interval 1");
        ConfigDocument document = conf.read(include);
        assertEquals(3, document.global().number("sys_interval"));
        assertEquals(
                List.of("00.conf", "B.conf", "b.conf"),
                document.log().stream()
                        .map(line -> line.text().replaceAll(".*/", "").replace("'", ""))
                        .toList());
    }

    @Test
    void skipsOtherNamesAndFolders() throws Exception {
        conf.write("conf.d/.conf", "nonsense");
        conf.write("conf.d/a.conf.bak", "nonsense");
        conf.write("conf.d/sub/a.conf", "nonsense");
        assertEquals(10, conf.read(include).global().number("sys_interval"));
    }

    @Test
    void beginsEachFileWithoutListenerBridgeAndPlugin() {
        conf.write("conf.d/a.conf", "mount_point x/");
        String expected = "Error: The 'mount_point' option requires a listener to be defined first.";
        assertEquals(expected, conf.error("listener 1883", include));
        conf.write("conf.d/a.conf", "cleansession true");
        assertEquals(
                "Error: The 'cleansession' option requires a bridge to be defined first.",
                conf.error("connection x", "address y", "topic #", include));
        conf.write("conf.d/a.conf", "plugin_opt_some thing");
        assertEquals(
                "Error: The 'plugin_opt_some' option requires plugin/global_plugin/plugin_load to be defined first.",
                conf.error("plugin mosquitto_acl_file.so", include));
    }

    @Test
    void returnsToTheListenerOfTheMainFile() throws Exception {
        conf.write("conf.d/a.conf", "listener 1884", "max_qos 0");
        ConfigDocument document = conf.read("listener 1883", include, "max_qos 1");
        assertEquals(1, document.listeners().get(0).number("max_qos"));
        assertEquals(0, document.listeners().get(1).number("max_qos"));
    }

    @Test
    void namesBothPlacesOfAnError() {
        String file = conf.write("conf.d/a.conf", "", "nonsense");
        assertEquals(
                List.of(
                        "Error: Unknown configuration variable 'nonsense'.",
                        "Error found at '" + file + ":2'.",
                        "Error found at " + conf.main() + ":1."),
                conf.refusal(include));
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertEquals(
                List.of("Error: Unable to open include_dir '/none'.", "Error found at " + conf.main() + ":1."),
                conf.refusal("include_dir /none"));
    }

    @Test
    void refusesToIncludeFromAnIncludedFile() {
        conf.write("conf.d/a.conf", "include_dir /tmp");
        assertEquals(
                "Error: The include_dir option is only valid in the main configuration file.", conf.error(include));
    }
}
