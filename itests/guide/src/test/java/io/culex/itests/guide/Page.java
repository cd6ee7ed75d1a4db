// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the guide.
 *
 * @param name its file
 * @param continues the page in whose folder it goes on, or nothing
 * @param blocks its blocks in order
 */
record Page(String name, String continues, List<Block> blocks) {
    private static final String FENCE = "```";
    private static final String CONTINUES = "<!-- continues ";

    static Page read(Path file) throws IOException {
        return parse(file.getFileName().toString(), Files.readAllLines(file));
    }

    static Page parse(String name, List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        String continues = "";
        String lead = "";
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            String place = name + ":" + (at + 1);
            if (line.startsWith(FENCE)) {
                int begin = at + 1;
                at = end(lines, begin, place);
                String text = String.join("\n", lines.subList(begin, at)) + "\n";
                blocks.add(checked(Block.of(line.substring(FENCE.length()), text, place), lead, blocks));
            } else if (line.startsWith("    ")
                    || line.startsWith("\t")
                    || line.stripLeading().startsWith(FENCE)) {
                throw new AssertionError(place + ": a block that is indented, which nobody would run");
            } else if (line.startsWith(CONTINUES)) {
                continues = line.substring(CONTINUES.length()).split(" ", 2)[0];
            } else {
                lead = at > 0 && lines.get(at - 1).isBlank() && !line.isBlank() ? line : lead + line;
            }
        }
        return new Page(name, continues, blocks);
    }

    private static int end(List<String> lines, int begin, String place) {
        for (int at = begin; at < lines.size(); at++) {
            if (lines.get(at).equals(FENCE)) {
                return at;
            }
        }
        throw new AssertionError(place + ": the block has no end");
    }

    /** The name of a file stands before it, where readers see it; output follows what prints it. */
    private static Block checked(Block block, String lead, List<Block> before) {
        if (block.kind() == Block.Kind.FILE && !lead.contains("`" + block.word() + "`")) {
            throw new AssertionError(block.place() + ": the paragraph before does not name " + block.word());
        }
        if (block.kind() == Block.Kind.OUTPUT && !block.is(Block.TERMINAL)) {
            Block last = before.isEmpty() ? block : before.get(before.size() - 1);
            if (last.kind() != Block.Kind.SHELL && last.kind() != Block.Kind.CONSOLE) {
                throw new AssertionError(block.place() + ": output of what?");
            }
        }
        return block;
    }
}
