// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.jmx;

import io.culex.api.metrics.Distribution;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one source as attributes under their names. One without labels is a number; one with labels, and a distribution,
 * is a map from what stands between the braces of Prometheus' text format to a number.
 */
final class MetricsBean implements DynamicMBean {
    private final Map<String, Metric> metrics;
    private final MBeanInfo info;

    MetricsBean(MetricsSource source) {
        metrics = source.metrics().stream()
                .collect(Collectors.toMap(Metric::name, metric -> metric, (first, second) -> first, TreeMap::new));
        info = new MBeanInfo(
                MetricsBean.class.getName(),
                "Metrics of Culex.",
                metrics.values().stream()
                        .map(metric ->
                                new MBeanAttributeInfo(metric.name(), type(metric), metric.help(), true, false, false))
                        .toArray(MBeanAttributeInfo[]::new),
                null,
                null,
                null);
    }

    private static String type(Metric metric) {
        if (!isSingle(metric)) {
            return Map.class.getName();
        }
        return metric.isWhole() ? Long.class.getName() : Double.class.getName();
    }

    private static boolean isSingle(Metric metric) {
        return metric.labels().isEmpty() && metric.type() != MetricType.HISTOGRAM;
    }

    @Override
    public @Nullable Object getAttribute(String name) throws AttributeNotFoundException {
        Metric metric = metrics.get(name);
        if (metric == null) {
            throw new AttributeNotFoundException(name);
        }
        TreeMap<String, Number> values = new TreeMap<>();
        metric.reader().accept(new Reading(metric, values));
        return isSingle(metric) ? values.get("") : values;
    }

    private record Reading(Metric metric, Map<String, Number> values) implements Metric.Samples {
        @Override
        public void add(double value, String... labelValues) {
            values.put(labels(labelValues), number(value));
        }

        private Number number(double value) {
            if (metric.isWhole() && Double.isFinite(value)) {
                return Math.round(value);
            }
            return value;
        }

        @Override
        public void add(Distribution distribution, String... labelValues) {
            String labels = labels(labelValues);
            String before = labels.isEmpty() ? "" : labels + ",";
            long upTo = 0;
            for (int i = 0; i < distribution.buckets(); i++) {
                upTo += distribution.count(i);
                values.put(before + "le=" + distribution.bound(i), upTo);
            }
            values.put(before + "count", upTo);
            values.put(before + "sum", distribution.sum());
        }

        private String labels(String... labelValues) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < labelValues.length; i++) {
                text.append(i == 0 ? "" : ",")
                        .append(metric.labels().get(i))
                        .append('=')
                        .append(labelValues[i]);
            }
            return text.toString();
        }
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList found = new AttributeList();
        for (String name : names) {
            try {
                found.add(new Attribute(name, getAttribute(name)));
            } catch (AttributeNotFoundException | RuntimeException e) {
                // As the contract has it: what cannot be read is missing in the answer.
                continue;
            }
        }
        return found;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String name, Object[] parameters, String[] signature) throws ReflectionException {
        throw new ReflectionException(new NoSuchMethodException(name));
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return info;
    }
}
