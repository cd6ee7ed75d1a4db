# SPDX-License-Identifier: Apache-2.0
"""Starts one broker on a free loopback port with a configuration of its own, and ends it again."""

import contextlib
import shlex
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

STOP_SECONDS = 15

# The limits that would make a broker drop messages or connections are off; all else is the broker's default.
CONFIGURATION = """\
listener {port} 127.0.0.1
allow_anonymous true
max_connections -1
max_queued_messages 0
max_queued_bytes 0
log_dest stderr
log_type error
log_type warning
"""


@dataclass(frozen=True)
class Broker:
    """A name for the table, a command in which {conf}, {port} and {dir} are filled in, and what it keeps where ({dir})."""

    name: str
    command: str
    store: str = "persistence false\n"

    def executable(self):
        return shlex.split(self.command)[0]


@dataclass(frozen=True)
class Running:
    port: int
    pid: int


class BrokerFailed(Exception):
    """The broker ended by itself or would not start."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def configuration(broker, folder, port, options):
    text = CONFIGURATION.format(port=port) + broker.store.format(dir=folder)
    if options.inflight > 0:
        # With the default of 20 and the driver's pauses, the driver and not the broker would set the rate of QoS 1, 2.
        text += f"max_inflight_messages {options.inflight}\n"
    return text + options.extra_configuration


def _stop(process):
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Lasting:
    """A broker in a folder of its own that can be ended and started again; its command must exec, so that its pid is the broker's."""

    def __init__(self, broker, options, folder):
        self.broker = broker
        self.port = free_port()
        self.folder = Path(folder)
        self.process = None
        conf = self.folder / "broker.conf"
        conf.write_text(configuration(broker, folder, self.port, options))
        self.words = [word.format(conf=conf, port=self.port, dir=folder) for word in shlex.split(broker.command)]
        self.log = self.folder / "log"

    def start(self):
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                self.words, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        return Running(self.port, self.process.pid)

    def stop(self):
        _stop(self.process)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def tail(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-10:])


@contextlib.contextmanager
def running(broker, options):
    """Yields the running broker, in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="culex-bench-") as folder:
        lasting = Lasting(broker, options, folder)
        try:
            yield lasting.start()
            if lasting.process.poll() is not None:
                raise BrokerFailed(f"ended by itself with status {lasting.process.returncode}")
        except BrokerFailed as failure:
            raise BrokerFailed(f"{broker.name}: {failure}\n{lasting.tail()}") from failure
        finally:
            lasting.stop()
