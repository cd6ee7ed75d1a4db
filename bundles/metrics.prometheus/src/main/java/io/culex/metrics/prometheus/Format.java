// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import io.culex.api.metrics.Family;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The formats of a scrape. */
enum Format {
    /** Prometheus' text format, with the names as they are. */
    TEXT("text/plain; version=0.0.4; charset=utf-8") {
        @Override
        byte[] write(Collection<Family> families) {
            return TextFormat.write(families);
        }
    },
    /** OpenMetrics 1.0, where counters end in {@code _total}. */
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8") {
        @Override
        byte[] write(Collection<Family> families) {
            return OpenMetrics.write(families);
        }
    };

    private static final String OPEN = "application/openmetrics-text";
    private static final double MANY = 1000;

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    abstract byte[] write(Collection<Family> families);

    /**
     * What to answer with.
     *
     * @param accept the header of the request, or null
     * @param preferred whether the client's preference counts; else text is the answer to everyone who takes it, for
     *     Prometheus prefers OpenMetrics, and dashboards know the names of the document
     */
    static Format of(@Nullable String accept, boolean preferred) {
        double open = 0;
        double text = 0;
        for (String range :
                accept == null ? new String[0] : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String type = range.split(";", 2)[0].strip();
            double quality = quality(range);
            if (type.equals(OPEN)) {
                open = Math.max(open, quality);
            } else if (type.equals("text/plain") || type.equals("text/*") || type.equals("*/*")) {
                text = Math.max(text, quality);
            }
        }
        return open > 0 && (text == 0 || (preferred && open >= text)) ? OPEN_METRICS : TEXT;
    }

    private static double quality(String range) {
        int at = range.replace(" ", "").indexOf(";q=");
        if (at < 0) {
            return 1;
        }
        String value = range.replace(" ", "").substring(at + 3).split(";", 2)[0];
        return value.matches("[01](\\.\\d{0,3})?") ? Math.round(Double.parseDouble(value) * MANY) / MANY : 0;
    }
}
