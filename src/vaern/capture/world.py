"""The only way from a capture to the net: a name is looked up here, every answer is judged, and the very number that
was judged is dialled. Nobody looks the name up a second time, so a second answer cannot lead inside.

Tests give their own `lookup` and `dial`; there is no setting that does, because one could be left on.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import httpcore

from vaern.capture.rules.addresses import Network, is_public

Lookup = Callable[[str], list[str]]
Dial = Callable[[str, int, float], socket.socket]
_PORTS = frozenset({80, 443})


class Forbidden(httpcore.ConnectError):
    """The name leads to a place that is not open to everybody, or the port is no web server's."""


def ask_name_service(host: str) -> list[str]:
    """Every number the name has, in the order the system prefers. `OSError` when it has none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def dial(number: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((number, port), timeout=seconds)


@dataclass(frozen=True)
class World(httpcore.NetworkBackend):
    """A network for httpcore. `closed` are numbers of the house's own that count as inside though they are public.

    `until` (monotonic) ends every wait: without it, a server that says a letter now and then is waited for for ever.
    """

    closed: tuple[Network, ...] = ()
    lookup: Lookup = ask_name_service
    dial: Dial = dial
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    until: float | None = None

    def numbers(self, host: str, port: int) -> list[str]:
        """The numbers of a name, all of them public. One that is not spoils the name: it was put there for a reason."""
        if port not in _PORTS:
            raise Forbidden("port")
        found = self.lookup(host)
        if not found or not all(is_public(number, self.closed) for number in found):
            raise Forbidden("inside")
        return found

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """`Forbidden`, or httpcore's own errors. At most three numbers are tried."""
        try:
            numbers = self.numbers(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("unknown") from error
        problem: OSError | None = None
        for number in numbers[:3]:
            try:
                return Stream(self.dial(number, port, timeout or 10.0), number, self.until)
            except OSError as error:
                problem = error
        raise httpcore.ConnectError("no answer") from problem

    def connect_unix_socket(self, *_: object, **__: object) -> httpcore.NetworkStream:
        raise Forbidden("inside")


class Stream(httpcore.NetworkStream):
    """A connection that remembers the number it was judged by."""

    def __init__(self, sock: socket.socket, number: str, until: float | None = None) -> None:
        self._sock = sock
        self.number, self.until = number, until

    def _wait(self, timeout: float | None) -> None:
        if self.until is not None:
            left = self.until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            timeout = left if timeout is None else min(timeout, left)
        self._sock.settimeout(timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._wait(timeout)
            return self._sock.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout from error
        except OSError as error:
            raise httpcore.ReadError from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            self._wait(timeout)
            self._sock.sendall(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout from error
        except OSError as error:
            raise httpcore.WriteError from error

    def close(self) -> None:
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            self._wait(timeout)
            return Stream(ssl_context.wrap_socket(self._sock, server_hostname=server_hostname), self.number, self.until)
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise BadCertificate from error
        except OSError as error:
            self.close()
            raise httpcore.ConnectError from error

    def get_extra_info(self, info: str) -> object:
        if info == "is_readable":
            return _readable(self._sock)
        if info == "ssl_object":
            return self._sock if isinstance(self._sock, ssl.SSLSocket) else None
        return self.number if info == "number" else None


class BadCertificate(httpcore.ConnectError):
    """Nobody the system trusts says that this server may speak for the name."""


def _readable(sock: socket.socket) -> bool:
    """Whether the far end has hung up (or said something unasked): such a connection is not used again."""
    sock.settimeout(0)
    try:
        sock.recv(1, 0 if isinstance(sock, ssl.SSLSocket) else socket.MSG_PEEK)
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    except OSError:
        return True
    return True
