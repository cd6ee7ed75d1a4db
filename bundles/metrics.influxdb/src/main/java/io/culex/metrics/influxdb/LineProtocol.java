// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.influxdb;

import io.culex.api.metrics.Distribution;
import io.culex.api.metrics.Family;
import io.culex.metrics.export.Push;
import io.culex.metrics.export.Update;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * InfluxDB's line protocol (SPEC E.4). All metrics without labels are fields of one line; those with labels follow with their
 * labels as tags. What describes the process is Prometheus' alone.
 */
final class LineProtocol implements Push.Encoder {
    private static final String PROCESS = "process_";
    private static final double LARGEST = 1L << 53;

    private final String measurement;
    private final String host;

    /**
     * For one broker.
     *
     * @param measurement its name
     * @param host the value of the tag {@code host}
     */
    LineProtocol(String measurement, String host) {
        this.measurement = escape(measurement, ", ");
        this.host = host;
    }

    @Override
    public Update encode(Collection<Family> families, Instant time) {
        Map<String, StringJoiner> lines = new LinkedHashMap<>();
        for (Family family : families) {
            if (family.exportName().startsWith(PROCESS)) {
                continue;
            }
            for (Family.Sample sample : family.samples()) {
                String fields = fields(family, sample);
                if (!fields.isEmpty()) {
                    String head = measurement + tags(family.metric().labels(), sample.labelValues());
                    lines.computeIfAbsent(head, key -> new StringJoiner(",")).add(fields);
                }
            }
        }
        StringBuilder text = new StringBuilder();
        lines.forEach((head, fields) -> text.append(head)
                .append(' ')
                .append(fields)
                .append(' ')
                .append(time.getEpochSecond())
                .append('\n'));
        return new Update(text.toString().getBytes(StandardCharsets.UTF_8), lines.size());
    }

    /** What is no number is left out; empty: nothing is left. */
    private static String fields(Family family, Family.Sample sample) {
        String name = escape(family.exportName(), ",= ");
        Distribution distribution = sample.distribution();
        if (distribution != null) {
            String count = name + "_count=" + distribution.total() + "i";
            return Double.isFinite(distribution.sum()) ? count + "," + name + "_sum=" + distribution.sum() : count;
        }
        if (!family.metric().isWhole()) {
            return Double.isFinite(sample.value()) ? name + "=" + sample.value() : "";
        }
        return Math.abs(sample.value()) <= LARGEST ? name + "=" + Math.round(sample.value()) + "i" : "";
    }

    /** In the order of their keys; one without a value is not a tag. */
    private String tags(List<String> labels, List<String> values) {
        Map<String, String> tags = new TreeMap<>();
        tags.put("host", host);
        for (int i = 0; i < labels.size(); i++) {
            tags.put(labels.get(i), values.get(i));
        }
        StringBuilder text = new StringBuilder();
        tags.forEach((key, value) -> {
            String shown = tagValue(value);
            if (!shown.isEmpty()) {
                text.append(',').append(escape(key, ",= ")).append('=').append(shown);
            }
        });
        return text.toString();
    }

    /** A backslash at the end would escape what follows the value; a line ends a point. */
    private static String tagValue(String value) {
        return escape(value.replaceAll("[\r\n]+", " ").strip().replaceAll("[\\\\\\s]+$", ""), ",= ");
    }

    private static String escape(String text, String special) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (special.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
