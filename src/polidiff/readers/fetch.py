"""The only code that opens a socket: https alone, public addresses alone, bounded, checked, cached.

The host's addresses are resolved once, each is checked, and the connection goes to the checked address while TLS
verifies the host's name: a name that resolves anew to a private address (DNS rebinding) gains nothing. Proxies and
other settings of the environment are not used.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import ipaddress
import os
import socket
import ssl
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from polidiff.cache import cache_root
from polidiff.errors import FetchError, OutputError, SourceNotFound
from polidiff.readers.catalog import Entry, catalog
from polidiff.readers.limits import MAX_DOWNLOAD_BYTES

MAX_REDIRECTS = 5
"""Most redirects that are followed, each to an https address that is checked anew."""

TIMEOUT = 30.0
"""Seconds that one step (connecting, one read) may take."""

TOTAL_TIMEOUT = 600.0
"""Seconds that a whole download may take."""

_CHUNK = 1 << 16
_HEADERS = {
    "User-Agent": "polidiff (reads published policy documents)",
    "Accept": "text/html,application/pdf,application/xhtml+xml,*/*;q=0.5",
    "Accept-Encoding": "identity",
}
_OFFLINE = "check the network, or download the file in a browser and give its path"

Progress = Callable[[int, int], None]


def fetch(name: str, *, refresh: bool = False, progress: Progress | None = None) -> Path:
    """Return the path of the cached copy of a catalogued document or an https address, fetching it if need be.

    A cached copy is used again without network once its hash is checked, unless ``refresh``. ``progress`` gets
    (bytes so far, bytes in all or 0). Raises SourceNotFound for an unknown name, FetchError for the network, a
    forbidden address, a bound or a wrong checksum, OutputError where the cache cannot be written.
    """
    entry = catalog().get(name)
    if entry is None and not name.lower().startswith("https:"):
        if "://" in name:
            raise FetchError(name, "only https addresses are fetched", "use the https address, or give a file")
        raise SourceNotFound(name, "the catalogue has no document of this name", f"known names: {', '.join(catalog())}")
    address = entry.address if entry else name
    path = _cache_path(entry, address)
    if not refresh and _cached(path, entry):
        return path
    body = _download(address, name, progress)
    found = hashlib.sha256(body).hexdigest()
    if entry is not None and entry.sha256 and found != entry.sha256:
        raise FetchError(
            name,
            f"the publisher's file has changed: SHA-256 {found}, expected {entry.sha256}",
            f"look at {address}; to use the new file, download it and give its path",
        )
    _store(path, body, found)
    return path


def cache_folder() -> Path:
    """Return the folder of fetched documents, under :func:`polidiff.cache.cache_root`."""
    return cache_root() / "documents"


def _cache_path(entry: Entry | None, address: str) -> Path:
    if entry is not None:
        return cache_folder() / entry.file
    key = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return cache_folder() / "addresses" / key


def _cached(path: Path, entry: Entry | None) -> bool:
    """Whether ``path`` holds the copy that was stored there: its hash is the catalogue's, or that of its sidecar."""
    try:
        body = path.read_bytes()
        wanted = entry.sha256 if entry is not None and entry.sha256 else ""
        wanted = wanted or path.with_name(path.name + ".sha256").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return False
    return hashlib.sha256(body).hexdigest() == wanted


def _store(path: Path, body: bytes, digest: str) -> None:
    """Write the copy and its hash, each whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, body)
        _write(path.with_name(path.name + ".sha256"), f"{digest}\n".encode("ascii"))
    except OSError as error:
        raise OutputError(
            str(path), f"the fetched copy cannot be stored ({error.strerror})", "free space, or set POLIDIFF_CACHE"
        ) from None


def _write(path: Path, body: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _download(address: str, name: str, progress: Progress | None) -> bytes:
    deadline = time.monotonic() + TOTAL_TIMEOUT
    for _ in range(MAX_REDIRECTS + 1):
        connection, target = _open(address, name)
        with contextlib.closing(connection):
            try:
                connection.request("GET", target, headers=_HEADERS)
                response = connection.getresponse()
                if response.status in (301, 302, 303, 307, 308):
                    place = response.headers.get("Location", "")
                    if not place:
                        raise FetchError(name, f"{address} redirects to nowhere", "give the document's own address")
                    address = urljoin(address, place)
                    continue
                if response.status != 200:
                    raise FetchError(
                        name,
                        f"{address} answers {response.status} {response.reason}",
                        "open it in a browser, save the document and give its path",
                    )
                return _body(response, name, deadline, progress)
            except (OSError, http.client.HTTPException) as error:
                raise FetchError(name, f"{address} could not be read ({_reason(error)})", _OFFLINE) from None
    raise FetchError(name, f"more than {MAX_REDIRECTS} redirects", "give the document's own address")


def _body(response: http.client.HTTPResponse, name: str, deadline: float, progress: Progress | None) -> bytes:
    length = response.headers.get("Content-Length", "")
    total = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0
    bound = f"{MAX_DOWNLOAD_BYTES >> 20} MB"
    if total > MAX_DOWNLOAD_BYTES:
        raise FetchError(name, f"the file has {total >> 20} MB, over the bound of {bound}", "download it yourself")
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        if size > MAX_DOWNLOAD_BYTES:
            raise FetchError(name, f"the file is over the bound of {bound}", "download it yourself")
        if time.monotonic() > deadline:
            raise FetchError(name, f"the download takes longer than {TOTAL_TIMEOUT:.0f} s", _OFFLINE)
        parts.append(chunk)
        if progress is not None:
            progress(size, total)
    if total and size < total:
        raise FetchError(name, f"the connection ended after {size} of {total} bytes", "try again")
    if not size:
        raise FetchError(name, "the answer is empty", "try again, or download the file in a browser")
    return b"".join(parts)


def _open(address: str, name: str) -> tuple[http.client.HTTPSConnection, str]:
    """Return a connection to a checked public address of ``address``'s host, and the target to ask for."""
    try:
        parts = urlsplit(address)
        port = parts.port or 443
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise FetchError(name, f"{address[:200]} is not a valid address", "check it") from None
    if parts.scheme.lower() != "https":
        raise FetchError(name, f"{address[:200]} is not an https address", "only https addresses are fetched")
    if not host or parts.username is not None or parts.password is not None:
        raise FetchError(name, "the address has no host, or holds a user name", "give a plain https address")
    checked = public_address(host, port, name)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._")
    return _PinnedConnection(host, port, checked), target


def public_address(host: str, port: int, name: str) -> str:
    """Return the first address of ``host``, after checking that every one of them is public.

    Raises FetchError where one is private, loopback, link-local, reserved, multicast or unspecified (also behind an
    IPv6 form that carries an IPv4 address), or where the name does not resolve.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise FetchError(name, f"the host {host} cannot be found ({_reason(error)})", _OFFLINE) from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not is_public(address):
            raise FetchError(
                name, f"{host} leads to {address}, which is no public address", "only public hosts are read"
            )
    if not addresses:
        raise FetchError(name, f"the host {host} has no address", _OFFLINE)
    return addresses[0]


def is_public(address: str) -> bool:
    """Return whether an IP address in text form is on the public internet."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None and int(ip) >> 32 == 0:
            return False
        if inner is not None and not is_public(str(inner)):
            return False
        if ip.ipv4_mapped or ip in _NAT64:
            return True
    return ip.is_global and not (
        ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved or ip.is_unspecified
    )


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _reason(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {TIMEOUT:.0f} s"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


class _PinnedConnection(http.client.HTTPSConnection):
    """An https connection to a given IP address whose certificate is checked against the host's name."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._context_checked = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT, context=self._context_checked)
        self._address = address

    def connect(self) -> None:
        """Connect to the checked address; TLS verifies the name."""
        raw = socket.create_connection((self._address, self.port), timeout=TIMEOUT)
        try:
            self.sock = self._context_checked.wrap_socket(raw, server_hostname=self.host)
        except BaseException:
            raw.close()
            raise
