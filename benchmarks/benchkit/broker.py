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
persistence false
log_dest stderr
log_type error
log_type warning
"""


@dataclass(frozen=True)
class Broker:
    """A name for the table and a command in which {conf}, {port} and {dir} are filled in."""

    name: str
    command: str

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


def _configuration(port, options):
    text = CONFIGURATION.format(port=port)
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


@contextlib.contextmanager
def running(broker, options):
    """Yields the running broker; the command must exec, so that its pid is the broker's."""
    with tempfile.TemporaryDirectory(prefix="culex-bench-") as folder:
        port = free_port()
        conf = Path(folder, "broker.conf")
        conf.write_text(_configuration(port, options))
        words = [word.format(conf=conf, port=port, dir=folder) for word in shlex.split(broker.command)]
        log = Path(folder, "log")
        with log.open("wb") as output:
            process = subprocess.Popen(
                words, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        try:
            yield Running(port, process.pid)
            if process.poll() is not None:
                raise BrokerFailed(f"ended by itself with status {process.returncode}")
        except BrokerFailed as failure:
            raise BrokerFailed(f"{broker.name}: {failure}\n{_tail(log)}") from failure
        finally:
            _stop(process)


def _tail(log):
    return "\n".join(log.read_text(errors="replace").splitlines()[-10:])
