# SPDX-License-Identifier: Apache-2.0
"""Drives a broker with culexload and collects its result lines."""

import contextlib
import fcntl
import json
import subprocess
from pathlib import Path

from . import broker as brokers

LOAD = Path(__file__).resolve().parent.parent / "load"
DRIVER = LOAD / "culexload"
PRIME_SCENARIO = "qos1"
# More than this of a CPU in other hands and the figure is not the broker's alone.
BUSY_CPU = 0.1
BULK = ("retained", "offline", "idle")


def build_driver():
    subprocess.run(["make", "-s", "-C", str(LOAD), "culexload"], check=True)


@contextlib.contextmanager
def locked(path):
    """Keeps others who take the same lock from the machine meanwhile."""
    if path is None:
        yield
        return
    with open(path, "a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def drive(scenario, running, arguments):
    words = [str(DRIVER), scenario, "--port", str(running.port), "--broker-pid", str(running.pid), *arguments]
    run = subprocess.run(words, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise brokers.BrokerFailed(f"{scenario}: {run.stderr.strip()}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def _prime(running, options):
    if options.prime > 0:
        arguments = ["--warmup", "0", "--duration", str(options.prime), "--drain", "5"]
        drive(PRIME_SCENARIO, running, arguments + ["--version", options.mqtt])


def _timing(scenario, options):
    if scenario in BULK:
        return []
    arguments = []
    if options.warmup is not None:
        arguments += ["--warmup", str(options.warmup)]
    if options.duration is not None:
        arguments += ["--duration", str(options.duration)]
    return arguments


def once(broker, scenario, options):
    """One fresh broker, one scenario. Returns its result lines, the time to the first CONNACK among them."""
    with locked(options.lock), brokers.running(broker, options) as running:
        lines = drive("probe", running, [])
        if scenario == "start":
            return lines
        # Memory of idle connections is counted from a broker that has done nothing yet.
        if scenario != "idle":
            _prime(running, options)
        arguments = ["--version", options.mqtt, *_timing(scenario, options), *options.load]
        lines += drive(scenario, running, arguments)
        if scenario in BULK:
            # The first run of these is over before a virtual machine has compiled what it runs; the second shows the broker.
            lines += [_again(line) for line in drive(scenario, running, arguments)]
        return lines


def _again(line):
    part = line["part"] + ", again" if "part" in line else "again"
    return {**line, "part": part}


def _others(lines):
    return max((line.get("other_cpu", 0) for line in lines), default=0)


def quietly(broker, scenario, options):
    """Measures again while the machine was busy with other things; gives back the least disturbed attempt."""
    best = None
    for _ in range(options.tries):
        lines = once(broker, scenario, options)
        if best is None or _others(lines) < _others(best):
            best = lines
        if _others(best) <= BUSY_CPU:
            break
    return best
