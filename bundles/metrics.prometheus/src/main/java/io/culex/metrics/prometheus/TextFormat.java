// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import io.culex.api.metrics.Distribution;
import io.culex.api.metrics.Family;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Prometheus' text format 0.0.4 (SPEC E.3). Not by Prometheus' own library, which ends the names of all counters in {@code _total}:
 * dashboards for Mosquitto know them without.
 */
final class TextFormat {
    private static final int SIZE = 64 * 1024;

    private final StringBuilder out = new StringBuilder(SIZE);

    private TextFormat() {}

    static byte[] write(Collection<Family> families) {
        TextFormat text = new TextFormat();
        families.forEach(text::family);
        return text.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void family(Family family) {
        String name = family.exportName();
        out.append("# HELP ").append(name).append(' ');
        escaped(family.metric().help(), false);
        out.append("\n# TYPE ").append(name).append(' ');
        out.append(family.metric().type().name().toLowerCase(Locale.ROOT)).append('\n');
        List<String> labels = family.metric().labels();
        for (Family.Sample sample : family.samples()) {
            Distribution distribution = sample.distribution();
            if (distribution == null) {
                sample(name, labels, sample.labelValues(), "");
                number(sample.value());
            } else {
                histogram(name, labels, sample.labelValues(), distribution);
            }
        }
    }

    private void histogram(String name, List<String> labels, List<String> values, Distribution distribution) {
        long upTo = 0;
        for (int i = 0; i < distribution.buckets(); i++) {
            upTo += distribution.count(i);
            double bound = distribution.bound(i);
            sample(name + "_bucket", labels, values, Double.isInfinite(bound) ? "+Inf" : text(bound));
            number(upTo);
        }
        sample(name + "_sum", labels, values, "");
        number(distribution.sum());
        sample(name + "_count", labels, values, "");
        number(upTo);
    }

    private void sample(String name, List<String> labels, List<String> values, String bound) {
        out.append(name);
        char before = '{';
        for (int i = 0; i < labels.size(); i++) {
            out.append(before).append(labels.get(i)).append("=\"");
            escaped(values.get(i), true);
            out.append('"');
            before = ',';
        }
        if (!bound.isEmpty()) {
            out.append(before).append("le=\"").append(bound).append('"');
            before = ',';
        }
        if (before == ',') {
            out.append('}');
        }
        out.append(' ');
    }

    private void number(double value) {
        out.append(text(value)).append('\n');
    }

    private static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            return Long.toString((long) value);
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }

    private void escaped(String text, boolean quoted) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '"' -> out.append(quoted ? "\\\"" : "\"");
                default -> out.append(c);
            }
        }
    }
}
