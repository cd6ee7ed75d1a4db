# SPDX-License-Identifier: Apache-2.0
"""Medians over the rounds, side by side, and their ratios to one broker."""

from collections import defaultdict
from statistics import median

from .measure import BUSY_CPU

# Above this the driver's one thread may be what limits the rate.
SATURATED_CPU = 0.9
FAULTS = ("lost", "duplicated", "reordered", "foreign", "refused", "closed", "stalls")


def _number(value):
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


# heading, field of the driver's line, factor, whether the ratio is shown
COLUMNS = (
    ("msg/s", "rate", 1, True),
    ("p50 ms", "p50_us", 1e-3, True),
    ("p99 ms", "p99_us", 1e-3, True),
    ("CPU s/M", "broker_cpu_s_per_million", 1, True),
    ("RSS MB", "rss_kb", 1 / 1024, True),
    ("B/conn", "bytes_per_connection", 1, True),
    ("idle CPU", "idle_cpu", 1, False),
    ("start ms", "wait_ms", 1, True),
    ("driver", "driver_cpu", 1, False),
    ("others", "other_cpu", 1, False),
)


def _key(line):
    return line["scenario"] + ("/" + line["part"] if "part" in line else "")


def summarize(results):
    """results: (broker, round, line). Returns {row: {broker: {field: median}}} in the order of measuring."""
    samples = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for broker, _, line in results:
        name = "start" if line["scenario"] == "probe" else _key(line)
        for field, value in line.items():
            if isinstance(value, (int, float)):
                samples[name][broker][field].append(value)
    return {
        row: {
            broker: {field: (max if field in FAULTS else median)(values) for field, values in fields.items()}
            for broker, fields in by_broker.items()
        }
        for row, by_broker in samples.items()
    }


def _cells(fields):
    return [_number(fields[field] * factor) if field in fields else "" for _, field, factor, _ in COLUMNS]


def ratio(fields, base, field):
    """None where one of them has no such figure."""
    if field not in fields or not base.get(field):
        return None
    return fields[field] / base[field]


def _ratio_cells(fields, base):
    values = [ratio(fields, base, field) if shown else None for _, field, _, shown in COLUMNS]
    return ["" if value is None else f"x {value:.2f}" for value in values]


def remarks(fields):
    found = [f"{fault} {fields[fault]:,.0f}" for fault in FAULTS if fields.get(fault)]
    if fields.get("driver_cpu", 0) > SATURATED_CPU:
        found.append("driver at its limit")
    if fields.get("other_cpu", 0) > BUSY_CPU:
        found.append("machine shared")
    return ", ".join(found)


def rows(summary, baseline):
    for name, by_broker in summary.items():
        for broker, fields in by_broker.items():
            yield [name, broker, *_cells(fields), remarks(fields)]
        for broker, fields in by_broker.items():
            if broker != baseline and baseline in by_broker:
                yield ["", f"{broker}/{baseline}", *_ratio_cells(fields, by_broker[baseline]), ""]


def text(summary, baseline):
    head = ["scenario", "broker", *(heading for heading, *_ in COLUMNS), ""]
    lines = [head, *rows(summary, baseline)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i < 2 or i == len(head) - 1 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths))
        ).rstrip()
        for line in lines
    )


def below(summary, baseline, floor):
    """Rows whose rate is less than `floor` times the baseline's."""
    for name, by_broker in summary.items():
        for broker, fields in by_broker.items():
            found = ratio(fields, by_broker.get(baseline, {}), "rate")
            if broker != baseline and found is not None and found < floor:
                yield f"{name}: {broker} at {found:.2f} of {baseline}"
