"""A time-stamp authority of one's own, for the demo and the tests: OpenSSL's `ts` behind a small web server.

It is invented and says so in its names. Its word proves nothing: the root lies beside the data it stamps.
Run as `python -m vaern.ops.authority FOLDER`: makes what is missing, writes its address to FOLDER/address, and serves
until the process that started it is gone.
"""

from __future__ import annotations

import os
import shutil
import subprocess  # nosec B404 - one program, no shell, arguments of our own
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

YEAR = timedelta(days=365)
_QUERY_MAX = 64 * 1024
_SETTINGS = """\
[tsa]
default_tsa = invented
[invented]
serial = serial
signer_cert = signer.pem
signer_key = signer.key
certs = between.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
_serial = threading.Lock()


def make(folder: Path, *, name: str = "Opdigtet tidsstempel-tjeneste", ends: datetime | None = None) -> Path:
    """A root, a certificate between and a signer's, in `folder`; the root's file. `ends`: the signer's last moment."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = datetime.now(UTC)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
    root_name, between_name, signer_name = (_name(f"{name}: {part}") for part in ("rod", "mellemled", "stempel"))
    root = _certificate(root_name, keys[0], root_name, keys[0], now + 20 * YEAR)
    between = _certificate(between_name, keys[1], root_name, keys[0], now + 10 * YEAR)
    signer = _certificate(signer_name, keys[2], between_name, keys[1], ends or now + YEAR, signs_times=True)
    for file, certificate in (("root.pem", root), ("between.pem", between), ("signer.pem", signer)):
        (folder / file).write_bytes(certificate.public_bytes(Encoding.PEM))
    secret = keys[2].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "signer.key").touch(mode=0o600)
    (folder / "signer.key").write_bytes(secret)
    (folder / "serial").write_text("01\n")
    (folder / "openssl.cnf").write_text(_SETTINGS)
    return folder / "root.pem"


def reply(folder: Path, query: bytes) -> bytes:
    """What OpenSSL answers to a TimeStampReq. One at a time: it counts serial numbers in a file."""
    program = shutil.which("openssl") or "openssl"
    with TemporaryDirectory() as desk, _serial:
        asked, answered = Path(desk) / "query", Path(desk) / "reply"
        asked.write_bytes(query)
        command = [program, "ts", "-reply", "-config", "openssl.cnf", "-queryfile", str(asked), "-out", str(answered)]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=30)  # nosec B603
        return answered.read_bytes()


def serve(folder: Path) -> None:
    """Serves on a free port of this machine alone, until the parent process is another than it was."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (folder / "address").write_text(f"http://127.0.0.1:{server.server_address[1]}/\n")
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)


def _handler(folder: Path) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _QUERY_MAX))
            answer = reply(folder, query)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the demo's own log is enough."""

    return Handler


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    ends: datetime,
    *,
    signs_times: bool = False,
) -> x509.Certificate:
    begins = min(datetime.now(UTC), ends) - YEAR
    built = x509.CertificateBuilder(issuer, name, key.public_key(), x509.random_serial_number(), begins, ends)
    built = built.add_extension(x509.BasicConstraints(ca=not signs_times, path_length=None), critical=True)
    built = built.add_extension(_usage(signs_times), critical=True)
    if signs_times:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return built.sign(issuer_key, hashes.SHA256())


def _usage(signs_times: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_times,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_times,
        crl_sign=not signs_times,
        encipher_only=False,
        decipher_only=False,
    )


if __name__ == "__main__":
    place = Path(sys.argv[1])
    if not (place / "root.pem").is_file():
        make(place)
    serve(place)
