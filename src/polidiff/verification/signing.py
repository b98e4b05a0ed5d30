"""Signing a manifest with a key of the user's (Ed25519), and checking such a signature.

The signature is an envelope of DSSE, as in-toto's attestations have: https://github.com/secure-systems-lab/dsse.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polidiff.errors import InputError, OutputError
from polidiff.verification.load import read_bytes

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MANIFEST = "manifest.json"
ENVELOPE = "manifest.dsse.json"
_TYPE = "application/vnd.in-toto+json"


def sign(folder: Path, key: Path) -> Path:
    """Sign the manifest of ``folder`` with a private key (PEM) and return the envelope's path.

    Raises InputError for what is no such key, where there is no manifest, or without the package ``cryptography``.
    """
    private = _private(key)
    payload = read_bytes(folder / MANIFEST)
    public = private.public_key().public_bytes_raw()
    made = {
        "payloadType": _TYPE,
        "payload": base64.b64encode(payload).decode(),
        "signatures": [{"keyid": _name(public), "sig": base64.b64encode(private.sign(_signed(payload))).decode()}],
    }
    path = folder / ENVELOPE
    try:
        path.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(str(path), f"can't be written ({error.strerror})", "check the folder") from error
    return path


def signature_problem(folder: Path, key: Path) -> str | None:
    """Return what is wrong with the signature of a folder's manifest by a public key, or None where it holds.

    ``key`` is a public key in PEM or as OpenSSH writes it. Raises InputError as :func:`sign` does.
    """
    from cryptography.exceptions import InvalidSignature

    public = _public(key)
    if not (folder / ENVELOPE).is_file():
        return "there is no signature: sign it with polidiff verify --sign KEY"
    try:
        held = json.loads(read_bytes(folder / ENVELOPE))
        payload = base64.b64decode(held["payload"], validate=True)
        signatures = [base64.b64decode(one["sig"], validate=True) for one in held["signatures"]]
        told = str(held["payloadType"])
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        return f"not an envelope of DSSE ({error})"
    if told != _TYPE or payload != read_bytes(folder / MANIFEST):
        return "the signature is of another manifest"
    for signature in signatures:
        try:
            public.verify(signature, _signed(payload))
        except InvalidSignature:
            continue
        return None
    return f"no signature in it is by the key {key.name}"


def _signed(payload: bytes) -> bytes:
    """What is signed: type and payload with their lengths (DSSE's PAE)."""
    return b"DSSEv1 %d %s %d %s" % (len(_TYPE), _TYPE.encode(), len(payload), payload)


def _name(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:16]


def _serialization() -> Any:
    try:
        from cryptography.hazmat.primitives import serialization
    except ImportError as error:
        remedy = "install it with: pip install 'polidiff[sign]'"
        raise InputError("--sign", "signatures need the package cryptography", remedy) from error
    return serialization


def _private(path: Path) -> Ed25519PrivateKey:
    serialization = _serialization()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    raw = read_bytes(path)
    try:
        load = serialization.load_ssh_private_key if b"OPENSSH" in raw[:64] else serialization.load_pem_private_key
        key = load(raw, password=None)
    except (ValueError, TypeError) as error:
        raise InputError(str(path), f"not a private key without a password ({error})", _MAKE) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError(str(path), "not an Ed25519 key", _MAKE)
    return key


def _public(path: Path) -> Ed25519PublicKey:
    serialization = _serialization()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    raw = read_bytes(path)
    try:
        load = serialization.load_ssh_public_key if raw.startswith(b"ssh-") else serialization.load_pem_public_key
        key = load(raw)
    except (ValueError, TypeError) as error:
        raise InputError(str(path), f"not a public key ({error})", _MAKE) from error
    if not isinstance(key, Ed25519PublicKey):
        raise InputError(str(path), "not an Ed25519 key", _MAKE)
    return key


_MAKE = "make one with: ssh-keygen -t ed25519 -N '' -f KEY (or openssl genpkey -algorithm ed25519 -out KEY)"
