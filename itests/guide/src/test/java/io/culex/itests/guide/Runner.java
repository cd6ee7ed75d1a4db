// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import io.culex.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Does what pages say, block by block, in one scratch folder. All methods block. */
final class Runner implements AutoCloseable {
    private static final int COMMAND_SECONDS = 90;
    private static final Duration CONSOLE_LIMIT = Duration.ofSeconds(90);
    private static final Duration CONSOLE_PAUSE = Duration.ofMillis(300);
    private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(60);

    private final Scratch scratch = new Scratch();
    private final Deque<Command> terminals = new ArrayDeque<>();
    private String printed = "";
    private boolean inTerminal;
    private int count;

    /** A program that was started, and the file with what it prints. */
    private record Command(Process process, Path output) {
        String printed() {
            try {
                return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Runner() throws IOException {}

    Scratch scratch() {
        return scratch;
    }

    void run(Page page) throws InterruptedException {
        for (Block block : page.blocks()) {
            try {
                run(block);
            } catch (AssertionError | IOException e) {
                throw new AssertionError(block.place() + ":\n" + block.text() + "\n" + e.getMessage(), e);
            }
        }
    }

    private void run(Block block) throws IOException, InterruptedException {
        switch (block.kind()) {
            case FILE -> scratch.write(block.word(), block.text());
            case OUTPUT -> compare(block);
            case CONSOLE -> console(block);
            case SHELL -> {
                inTerminal = block.is(Block.TERMINAL);
                if (inTerminal) {
                    terminals.push(start("exec " + scratch.apply(block.text())));
                } else {
                    verdict(block, execute(scratch.apply(block.text())));
                    StockKaraf.adapt(scratch);
                }
            }
        }
    }

    private void verdict(Block block, int exit) {
        if ((exit == 0) == block.is(Block.REFUSED)) {
            throw new AssertionError("ended with " + exit + ":\n" + printed);
        }
    }

    /** Each line by ssh, with the key that the page has made; the console may be about to open, and a command about to be there. */
    private void console(Block block) throws IOException, InterruptedException {
        inTerminal = false;
        StringBuilder all = new StringBuilder();
        for (String line : scratch.apply(block.text()).lines().toList()) {
            String command = "ssh -p " + scratch.port("8101") + " -i ~/.ssh/culex karaf@localhost '"
                    + line.replace("'", "'\\''") + "'";
            long end = System.nanoTime() + CONSOLE_LIMIT.toNanos();
            int exit = execute(command);
            while ((exit == 255 || printed.contains("Command not found")) && System.nanoTime() < end) {
                Await.pass(CONSOLE_PAUSE);
                exit = execute(command);
            }
            verdict(block, exit);
            all.append(printed);
        }
        printed = all.toString();
    }

    /** Runs commands to their end; returns the exit status, and leaves what they print. */
    private int execute(String commands) throws IOException, InterruptedException {
        Command command = start(commands);
        if (!command.process().waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            command.process().descendants().forEach(ProcessHandle::destroy);
            command.process().destroy();
            throw new AssertionError("does not end:\n" + command.printed());
        }
        printed = command.printed();
        return command.process().exitValue();
    }

    private Command start(String commands) throws IOException {
        count++;
        Path script = Files.writeString(scratch.root().resolve("block-" + count), commands);
        Path output = scratch.root().resolve("output-" + count);
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", script.toString())
                .directory(scratch.home().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(scratch.environment());
        return new Command(builder.start(), output);
    }

    private void compare(Block block) {
        Expected expected = new Expected(scratch.apply(block.text()));
        if (inTerminal || block.is(Block.TERMINAL)) {
            Command terminal = terminals.getFirst();
            Await.until(
                    OUTPUT_LIMIT,
                    () -> "in the terminal:\n" + terminal.printed(),
                    () -> expected.isIn(terminal.printed()));
        } else if (!expected.isAllOf(printed)) {
            throw new AssertionError("printed was:\n" + printed);
        }
    }

    /** Ends what is running, the last first. */
    @Override
    public void close() throws IOException {
        for (Command terminal : terminals) {
            Scratch.stop(terminal.process().toHandle());
        }
        scratch.close();
    }
}
