// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner fails where a page is wrong. */
class RunnerTest {
    private static void run(Runner runner, String text) throws Exception {
        runner.run(Page.parse("x.md", List.of(text.split("\n", -1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```sh\nfalse\ntrue\n```\n",
                "```sh\nfalse | true\n```\n",
                "```sh\nno-such-command\n```\n",
                "```sh refused\ntrue\n```\n",
                "```sh\necho a\n```\n```text\nb\n```\n",
                "In `/usr/bin/x`:\n```sh /usr/bin/x\ntrue\n```\n"
            })
    void failsWhereAPageIsWrong(String text) throws Exception {
        try (Runner runner = new Runner()) {
            assertThrows(AssertionError.class, () -> run(runner, text));
        }
    }

    @Test
    void goesWellWhereAPageIsRight() throws Exception {
        try (Runner runner = new Runner()) {
            run(
                    runner,
                    "In `a.conf`:\n```conf a.conf\nlistener 1883\n```\n"
                            + "```sh\ngrep -c 127.0.0.1 a.conf\n```\n```text\n1\n```\n```sh refused\nfalse\n```\n"
                            + "```sh terminal\ntail -f a.conf\n```\n```text\nlistener 1883\n```\n"
                            + "```sh\necho more >> a.conf\n```\n```text terminal\nmore\n```\n"
                            + "```sh\nsudo apt install ./culex.deb\n```\n");
            assertEquals(List.of("apt install ./culex.deb"), runner.scratch().leftOut());
            assertTrue(runner.scratch().port("1883") != 1883);
        }
    }
}
