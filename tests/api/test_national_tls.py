"""The national side over TLS: it must be who it says, and it knows this server by a certificate."""
import http.server
import json
import ssl
import subprocess
import threading

import pytest

from support.journey import act, now, open_request, wait_for_state
from support.program import Process, address_of, demo_data, free_port, own_database, program, wait_until


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """An authority with the national side's certificate and ours, and one that nobody trusts."""
    folder = tmp_path_factory.mktemp("certificates")
    for authority in ("ministry", "stranger"):
        openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{authority}.key", "-out", f"{authority}.pem",
                "-days", "3650", "-subj", f"/CN={authority}")
    for name, authority, extension in (("national", "ministry", "subjectAltName=IP:127.0.0.1"), ("ours", "ministry", "keyUsage=digitalSignature"),
                                       ("other", "ministry", "subjectAltName=DNS:other.example")):
        openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        (folder / f"{name}.ext").write_text(extension)
        openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.pem", "-CAkey", f"{authority}.key", "-CAcreateserial",
                "-out", f"{name}.pem", "-days", "3650", "-extfile", f"{name}.ext")
    return folder


class National:
    """Answers `match` to whoever shows a certificate of the ministry's."""

    def __init__(self, folder, name="national"):
        self.asked = []
        asked = self.asked

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                body = b'{"outcome": "match"}'
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
        context.load_verify_locations(folder / "ministry.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"https://127.0.0.1:{self.server.server_address[1]}"


def environment(folder, authorities="ministry", certificate="ours"):
    return {"XUEJI_CHECKS_NATIONAL_AUTHORITIES": str(folder / f"{authorities}.pem"),
            **({"XUEJI_CHECKS_NATIONAL_CERTIFICATE": str(folder / f"{certificate}.pem"),
                "XUEJI_CHECKS_NATIONAL_KEY": str(folder / f"{certificate}.key")} if certificate else {})}


def at_the_check(private_world, national, settings):
    world = private_world(environment={**settings, "XUEJI_CHECKS_NATIONAL_URL": national.url}, simulator=False)
    example = next(each for each in world.demo["examples"] if each["workflow"] == "key-information-change" and each["outcome"] == "clear")
    request = open_request(world["registrar"], example["student"], {**example["fields"], "reason": "更正"})
    for officer in ("head", "county", "county-approver"):
        request = act(world[officer], request, "approve")
    return world, request


def test_both_sides_know_each_other(private_world, certificates):
    national = National(certificates)
    world, request = at_the_check(private_world, national, environment(certificates))
    wait_for_state(world["registrar"], request, "completed")
    assert national.asked and set(national.asked[-1]) == {"name", "idNumber"}


@pytest.mark.parametrize("name, settings", [
    ("national", {"authorities": "stranger"}), ("national", {"certificate": ""}), ("other", {})],
    ids=["an authority that is not trusted", "no certificate of ours", "a certificate of another host"])
def test_else_nothing_is_asked_and_the_request_waits(private_world, certificates, name, settings):
    national = National(certificates, name)
    world, request = at_the_check(private_world, national, environment(certificates, **settings))
    wait_until(lambda: any(each["outcome"] == "unavailable" for each in now(world["registrar"], request)["findings"]), "no answer")
    assert not national.asked


@pytest.mark.parametrize("settings, words", [
    ({"XUEJI_CHECKS_NATIONAL_URL": "http://national.example"}, "not sent in the clear"),
    ({"XUEJI_CHECKS_NATIONAL_URL": "https://127.0.0.1", "XUEJI_CHECKS_NATIONAL_AUTHORITIES": "/nowhere.pem"}, "/nowhere.pem")])
def test_a_start_with_what_cannot_be_is_refused(tmp_path, settings, words):
    data = tmp_path / "data"
    server = Process([program(), "serve", "--demo", "--data", str(data), "--port", str(free_port())], tmp_path / "log",
                     {"XUEJI_DATABASE": own_database(), **settings})
    assert server.process.wait(60) == 2 and words in server.tail()


def test_the_demonstration_is_not_served_to_real_people(tmp_path):
    data = tmp_path / "demo"
    demo_data(data)
    server = Process([program(), "serve", "--data", str(data), "--port", str(free_port())], tmp_path / "log", {"XUEJI_DATABASE": address_of(data)})
    assert server.process.wait(60) == 2
    assert "the account `" in server.tail() and "serve it with --demo" in server.tail()
