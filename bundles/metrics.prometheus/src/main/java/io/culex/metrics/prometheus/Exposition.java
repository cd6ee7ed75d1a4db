// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import io.culex.api.metrics.Family;
import io.culex.api.metrics.MetricSources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;

/**
 * The metrics as text, read once in an interval for whatever number of scrapes; anew at once when a source has come or gone. Any
 * thread; a scrape never waits for a loop of the broker.
 */
final class Exposition {
    /** What a scrape a little before its time may be short of: it is a new reading all the same. */
    private static final double EARLY = 0.1;

    private final MetricSources sources;
    private final long intervalNanos;
    private final LongSupplier nanos;
    private Collection<Family> families = List.of();
    private long readAt;
    private long changes = -1;
    private final Map<Format, byte[]> plain = new EnumMap<>(Format.class);
    private final Map<Format, byte[]> compressed = new EnumMap<>(Format.class);

    Exposition(MetricSources sources, Duration interval, LongSupplier nanos) {
        this.sources = sources;
        this.intervalNanos = Math.round(interval.toNanos() * (1 - EARLY));
        this.nanos = nanos;
    }

    /** The text of now, compressed or not; not to be changed. */
    synchronized byte[] text(Format format, boolean gzip) {
        refresh();
        byte[] text = plain.computeIfAbsent(format, f -> f.write(families));
        return gzip ? compressed.computeIfAbsent(format, f -> compress(text)) : text;
    }

    private void refresh() {
        long now = nanos.getAsLong();
        long known = sources.changes();
        if (changes != known || now - readAt >= intervalNanos) {
            changes = known;
            readAt = now;
            families = sources.read();
            plain.clear();
            compressed.clear();
        }
    }

    private static byte[] compress(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
