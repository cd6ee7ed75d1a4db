// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.guide.Block.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private static Page page(String text) {
        return Page.parse("x.md", List.of(text.split("\n", -1)));
    }

    @Test
    void findsFilesCommandsAndWhatTheyPrint() {
        Page page = page("# x\nIn `/etc/culex/a.conf`:\n```conf /etc/culex/a.conf\nlistener 1883\n```\n"
                + "```sh\ntrue\n```\n```text\n…\n```\n```console refused\nmqtt:kick x\n```\n");
        assertEquals(
                List.of(Kind.FILE, Kind.SHELL, Kind.OUTPUT, Kind.CONSOLE),
                page.blocks().stream().map(Block::kind).toList());
        assertEquals("listener 1883\n", page.blocks().get(0).text());
        assertTrue(page.blocks().get(3).is(Block.REFUSED));
        assertEquals("x.md:6", page.blocks().get(1).place());
    }

    @Test
    void knowsWhatItContinues() {
        assertEquals("y.md", page("<!-- continues y.md -->\n").continues());
        assertEquals("", page("text\n").continues());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```\nls\n```\n",
                "```bash\nls\n```\n",
                "```sh later\nls\n```\n",
                "    ls\n",
                "* x\n  ```sh\n  ls\n  ```\n",
                "```sh\nls\n",
                "```text\nx\n```\n",
                "a file:\n```conf /etc/culex/a.conf\nlistener 1883\n```\n"
            })
    void refusesWhatNobodyWouldRun(String text) {
        assertThrows(AssertionError.class, () -> page(text));
    }
}
