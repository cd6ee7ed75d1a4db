// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import io.culex.api.log.LogType;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A destination that may fail, such as a file on a disk that becomes full. That is told once, then at most once a minute with
 * what it has cost, and once when it works again: who writes a line for each failure makes things worse. Belongs to the writing
 * thread.
 */
final class Recipient {
    private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(1);

    /**
     * Where failures go.
     *
     * @param count of all of them
     * @param told a line for a person, who does not read it in the destination that fails
     * @param nanos the time
     */
    record Failures(LongAdder count, Consumer<String> told, LongSupplier nanos) {
        /** To standard error. */
        static Failures toStderr(LongAdder count) {
            return new Failures(count, System.err::println, System::nanoTime);
        }
    }

    private final Outlet outlet;
    private final Failures failures;
    private boolean failing;
    private boolean took;
    private long lost;
    private long toldAt;

    Recipient(Outlet outlet, Failures failures) {
        this.outlet = outlet;
        this.failures = failures;
    }

    void write(Line line, byte[] formatted) {
        try {
            outlet.write(line, formatted);
            took = true;
        } catch (IOException | RuntimeException e) {
            lost++;
            failed(e);
        }
    }

    /** Brings out what was taken; only that shows that it works, for most take lines into a buffer. */
    void flush(LineFormat format) {
        try {
            outlet.flush();
        } catch (IOException | RuntimeException e) {
            failed(e);
            return;
        }
        if (failing && took) {
            worksAgain(format);
        }
    }

    void close() {
        try {
            outlet.close();
        } catch (IOException | RuntimeException e) {
            lost += outlet.held();
            failed(e);
        }
        if (lost > 0) {
            failures.told().accept("Error: " + lostLines() + " for " + outlet.name() + ".");
        }
    }

    private void failed(Exception e) {
        took = false;
        failures.count().increment();
        long now = failures.nanos().getAsLong();
        if (!failing) {
            failing = true;
            toldAt = now;
            failures.told().accept(failure(e));
        } else if (lost > 0 && now - toldAt >= REMINDER_NANOS) {
            toldAt = now;
            failures.told().accept(failure(e) + "; " + lostLines() + " so far.");
        }
    }

    private String failure(Exception e) {
        return "Error: Unable to write log to " + outlet.name() + ": " + Objects.requireNonNullElse(e.getMessage(), e);
    }

    /** Also to the destination itself, when there is a gap in it. */
    private void worksAgain(LineFormat format) {
        failing = false;
        String text = "Log to " + outlet.name() + " is written again";
        if (lost == 0) {
            failures.told().accept(text + ".");
            return;
        }
        text += "; " + lostLines() + ".";
        lost = 0;
        failures.told().accept(text);
        Line line = new Line(LogType.WARNING, System.currentTimeMillis() / 1000, text);
        write(line, format.format(line));
        flush(format);
    }

    private String lostLines() {
        return lost == 1 ? "1 line was lost" : lost + " lines were lost";
    }
}
