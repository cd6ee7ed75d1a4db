# SPDX-License-Identifier: Apache-2.0
"""An authority and a broker's certificate for 127.0.0.1, made by openssl for one run of a bench."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

KEYS = {"ec": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"], "rsa": ["-newkey", "rsa:2048"]}


@dataclass(frozen=True)
class Certificates:
    cafile: Path
    certfile: Path
    keyfile: Path


def make(folder, kind):
    """kind: "ec" (ECDSA, P-256) or "rsa" (2048 bits). The broker may run as another user, so all may read all of it."""
    folder = Path(folder)
    folder.chmod(0o755)
    made = Certificates(folder / "ca.crt", folder / "broker.crt", folder / "broker.key")
    authority = folder / "ca.key"
    request = ["openssl", "req", "-x509", "-nodes", "-days", "2", *KEYS[kind]]
    _run([*request, "-subj", "/CN=bench authority", "-keyout", authority, "-out", made.cafile])
    own = ["-subj", "/CN=localhost", "-keyout", made.keyfile, "-out", made.certfile]
    names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"]
    _run([*request, *own, *names, "-CA", made.cafile, "-CAkey", authority])
    for file in folder.iterdir():
        file.chmod(0o644)
    return made


def _run(words):
    subprocess.run([str(word) for word in words], check=True, capture_output=True)
