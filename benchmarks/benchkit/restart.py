# SPDX-License-Identifier: Apache-2.0
"""A big store and its broker's start: everything is made through the broker, which then ends and begins again."""

import random
import subprocess
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from . import measure
from .broker import BrokerFailed, Lasting

ABSENT = 1000


def _megabytes(folder):
    return sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file()) / 1e6


def _heap(pid):
    """Bytes that are in use after a full collection; None without jcmd."""
    try:
        told = subprocess.run(["jcmd", str(pid), "GC.class_histogram"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return int(told.stdout.split("Total")[-1].split()[1])


class _Story:
    def __init__(self, lasting, options):
        self.lasting = lasting
        self.options = options
        self.target = None
        self.run = ["--run", str(random.randrange(1, 1 << 31)), "--timeout", "600"]

    def drive(self, scenario, *arguments):
        return measure.drive(scenario, self.target, [*self.run, *arguments])[0]

    def queues(self):
        return ["--count", str(self.options.messages), "--sessions", str(ABSENT)]

    def start(self, how):
        began = time.monotonic()
        self.target = self.lasting.start()
        line = self.drive("probe")
        took = time.monotonic() - began
        print(f"| start {how} | {took:.2f} s to the first CONNACK | {line['rss_kb'] / 1024:,.0f} MB resident |", flush=True)

    def tell(self, what, line):
        print(
            f"| {what} | {line['rate']:,.0f}/s, {line['broker_cpu_s_per_million']:.2f} CPU s/M "
            f"| {line['rss_kb'] / 1024:,.0f} MB resident |",
            flush=True,
        )

    def tell_memory(self, what):
        heap = _heap(self.target.pid)
        if heap is not None:
            print(f"| heap in use {what} | {heap / 1e6:,.0f} MB | {_megabytes(self.lasting.folder / 'store'):,.0f} MB on the disk |")

    def fill(self):
        options = self.options
        made = self.drive("sessions", "--count", str(options.sessions))
        if made["sessions_present"] > 0:
            raise BrokerFailed(f"sessions: {made['sessions_present']} of the new ones were there already")
        self.tell(f"{options.sessions:,} sessions", made)
        self.tell(f"{options.retained:,} retained", self.drive("keep", "--count", str(options.retained)))
        self.tell(f"{options.messages:,} queued for {ABSENT:,}", self.drive("queues", *self.queues()))

    def take(self):
        options = self.options
        drained = self.drive("take", *self.queues())
        self.tell(f"drain of {options.messages:,}", drained)
        replayed = self.drive("replay", "--count", str(options.retained))
        again = self.drive("sessions", "--count", str(options.sessions))
        print(
            f"| found again | {drained['sessions_present']:,} of {ABSENT:,} queues, {drained['lost']:,} messages missing, "
            f"{drained['gaps']:,} gaps, {drained['duplicated']:,} twice | {again['sessions_present']:,} of {options.sessions:,} "
            f"sessions, {replayed['lost']:,} retained missing |",
            flush=True,
        )


def run(broker, options):
    plain = SimpleNamespace(inflight=options.inflight, extra_configuration="")
    print("\n| | | |\n|---|---|---|")
    with measure.locked(options.lock), tempfile.TemporaryDirectory(prefix="culex-bench-") as folder:
        story = _Story(Lasting(broker, plain, folder), options)
        try:
            story.start("of an empty store")
            story.fill()
            story.tell_memory("when filled")
            story.lasting.stop()
            story.start("after a stop")
            story.tell_memory("then")
            story.lasting.kill()
            story.start("after kill -9")
            story.take()
            time.sleep(2)
            story.tell_memory("when drained")
            story.lasting.kill()
            story.start("when drained")
        finally:
            story.lasting.stop()
