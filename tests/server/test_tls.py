"""TLS with the organisation's own authority, and with a stranger's."""

import hashlib
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import trustme
from cryptography import x509

from sync_server.certificates import fingerprint_of, make_authority, make_certificate, names_in
from tests.server.running import Operator
from visit_core.errors import NotValid
from visit_core.invite import parse_invite

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    made = Operator(tmp_path)
    made.says("init", "--organisation", "好邻居")
    return made


def test_a_device_that_knows_only_the_fingerprint_comes_to_trust_the_server(operator):
    operator.says("certificate", "--name", "localhost", "--name", "127.0.0.1")
    person = operator.says("add-person", "--name", "王芳", "--role", "rep", "--team", "t")["person_id"]
    with operator.serving("--tls") as (address, _):
        invite = parse_invite(operator.says("enrol-code", "--person", person)["invite"])
        assert invite.address == address
        assert address.startswith("https://127.0.0.1:")
        unverified = ssl.create_default_context()
        unverified.check_hostname = False
        unverified.verify_mode = ssl.CERT_NONE
        pem = httpx.get(f"{address}/v1/ca", verify=unverified).text
        assert hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest() == invite.ca
        trusting = ssl.create_default_context(cadata=pem)
        assert httpx.post(f"{address}/v1/devices", verify=trusting, json={"code": invite.code}).status_code == 201
        stranger = ssl.create_default_context(cadata=trustme.CA().cert_pem.bytes().decode())
        with pytest.raises(httpx.ConnectError, match="verify"):
            httpx.get(f"{address}/v1/healthz", verify=stranger)
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(address.replace("https", "http") + "/v1/healthz")


def test_a_certificate_of_another_authority_serves_those_who_trust_it(operator):
    other = trustme.CA()
    leaf = other.issue_cert("127.0.0.1")
    leaf.cert_chain_pems[0].write_to_path(operator.home / "server.pem")
    leaf.private_key_pem.write_to_path(operator.home / "server.key")
    context = ssl.create_default_context()
    other.configure_trust(context)
    with operator.serving("--tls") as (address, _):
        assert httpx.get(f"{address}/v1/healthz", verify=context).status_code == 200
        ours = ssl.create_default_context(cafile=operator.home / "ca.pem")
        with pytest.raises(httpx.ConnectError, match="verify"):
            httpx.get(f"{address}/v1/healthz", verify=ours)


def test_a_certificate_names_its_hosts_and_is_good_for_as_long_as_phones_accept(tmp_path):
    make_authority(tmp_path, "好邻居", NOW)
    make_certificate(tmp_path, ["visits.example.cn", "192.0.2.7", "2001:db8::1", "拜访.example.cn"], NOW)
    assert names_in(tmp_path) == ["visits.example.cn", "192.0.2.7", "2001:db8::1", "xn--ptu132g.example.cn"]
    leaf = x509.load_pem_x509_certificate((tmp_path / "server.pem").read_bytes())
    authority = x509.load_pem_x509_certificate((tmp_path / "ca.pem").read_bytes())
    leaf.verify_directly_issued_by(authority)
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=825)
    assert len(fingerprint_of(tmp_path)) == 64


@pytest.mark.parametrize("name", ["a b", "x" * 300, "é/", ""])
def test_what_is_no_host_gets_no_certificate(tmp_path, name):
    make_authority(tmp_path, "", NOW)
    with pytest.raises(NotValid):
        make_certificate(tmp_path, [name], NOW)


def test_an_organisation_may_have_a_long_name(tmp_path):
    make_authority(tmp_path, "好邻居" * 26, NOW)
    assert fingerprint_of(tmp_path)


def test_nobody_else_can_read_a_private_key(tmp_path):
    make_authority(tmp_path, "", NOW)
    make_certificate(tmp_path, ["a.example.cn"], NOW)
    for name in ("ca.key", "server.key"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
