// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import java.io.PrintStream;
import java.io.Writer;
import java.util.function.UnaryOperator;

/**
 * Text for a stream in large pieces: a console sends what it is given at once, and many lines together cost it no more than
 * one. The stream stays open when this is closed. On one thread; no error is thrown, as by the stream.
 */
final class Pieces extends Writer {
    private static final int PIECE = 16 * 1024;

    private final PrintStream out;
    private final UnaryOperator<String> last;
    private final StringBuilder text = new StringBuilder();

    Pieces(PrintStream out) {
        this(out, UnaryOperator.identity());
    }

    /**
     * What is written passes through an operator.
     *
     * @param last takes pieces that may begin and end anywhere
     */
    Pieces(PrintStream out, UnaryOperator<String> last) {
        this.out = out;
        this.last = last;
    }

    @Override
    public void write(char[] characters, int from, int length) {
        text.append(characters, from, length);
        printFull();
    }

    @Override
    public void write(int character) {
        text.append((char) character);
        printFull();
    }

    @Override
    public void write(String characters) {
        text.append(characters);
        printFull();
    }

    private void printFull() {
        if (text.length() > PIECE) {
            flush();
        }
    }

    @Override
    public void flush() {
        out.print(last.apply(text.toString()));
        text.setLength(0);
    }

    @Override
    public void close() {
        flush();
    }
}
