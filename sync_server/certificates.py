"""The organisation's own certificate authority, and the certificates it gives the server.

Devices trust this one authority and no other: its fingerprint travels in the invite.
"""

import hashlib
import ipaddress
import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from visit_core.errors import NotValid

CA_DAYS = 3650
LEAF_DAYS = 825  # what phones accept at most
_DNS_NAME = re.compile(r"[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*")
_EARLIER = timedelta(hours=1)  # for devices whose clock is a little slow


def make_authority(home: Path, organisation: str, now: datetime) -> None:
    """The organisation's authority: `ca.pem`, `ca.key`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(organisation or "Field visits")
    builder = _builder(name, name, key.public_key(), now, CA_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    _write_private(home / "ca.key", _private_pem(key))
    (home / "ca.pem").write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))


def make_certificate(home: Path, names: Sequence[str], now: datetime) -> None:
    """The server's certificate for these host names and addresses: `server.pem`, `server.key`."""
    hosts = [_host(name) for name in names]
    authority = x509.load_pem_x509_certificate((home / "ca.pem").read_bytes())
    signer = load_pem_private_key((home / "ca.key").read_bytes(), password=None)
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name(names[0]), authority.subject, key.public_key(), now, LEAF_DAYS)
    for extension, critical in _leaf_extensions(hosts, authority, key):
        builder = builder.add_extension(extension, critical)
    leaf = builder.sign(signer, hashes.SHA256())  # type: ignore[arg-type]
    _write_private(home / "server.key", _private_pem(key))
    (home / "server.pem").write_bytes(leaf.public_bytes(Encoding.PEM))


def fingerprint_of(home: Path) -> str:
    """SHA-256 of the authority's DER, as invites name it."""
    authority = x509.load_pem_x509_certificate((home / "ca.pem").read_bytes())
    return hashlib.sha256(authority.public_bytes(Encoding.DER)).hexdigest()


def names_in(home: Path) -> list[str]:
    """The hosts that the server's certificate is for; none if there is no certificate."""
    path = home / "server.pem"
    if not path.exists():
        return []
    leaf = x509.load_pem_x509_certificate(path.read_bytes())
    listed = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(one.value) for one in listed]


def _leaf_extensions(
    hosts: Sequence[x509.GeneralName], authority: x509.Certificate, key: ec.EllipticCurvePrivateKey
) -> list[tuple[x509.ExtensionType, bool]]:
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())  # type: ignore[arg-type]
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (x509.SubjectAlternativeName(hosts), False),
        (_usage(digital_signature=True), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (issuer, False),
    ]


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    start = now.astimezone(UTC) - _EARLIER
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(start).not_valid_after(start + timedelta(days=days))


def _host(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        ascii_name = name.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_name = ""
    if not 1 <= len(ascii_name) <= 253 or _DNS_NAME.fullmatch(ascii_name) is None:
        raise NotValid("host", field="name", name=name[:80])
    return x509.DNSName(ascii_name)


def _usage(**allowed: bool) -> x509.KeyUsage:
    kinds = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{kind: allowed.get(kind, False) for kind in kinds})


def _name(text: str) -> x509.Name:
    """A common name holds 64 bytes at most."""
    short = text.encode()[:64].decode("utf-8", "ignore")
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, short)])


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write_private(path: Path, pem: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
