"""Scans: recognised by content, kept once, readable only to those who may see a request that refers to them."""
import hashlib
import json
import os
import socket
import time
from urllib.parse import urlsplit

import pytest

from support import files
from support.administration import account, remove_posts
from support.client import problem
from support.journey import open_request, scans, upload
from support.program import wait_until

HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>\n"


def send(client, data, media_type, filename="scan", expect=None, **options):
    return client.call("POST", "/evidence", expect, params={"filename": filename}, data=data, headers={"Content-Type": media_type}, **options)


@pytest.mark.parametrize("make, media_type", [
    (files.png, "image/png"), (files.jpeg, "image/jpeg"), (files.pdf, "application/pdf")])
def test_an_upload_is_named_by_its_hash(registrar, make, media_type):
    data = make()
    first = send(registrar, data, media_type, "户口簿.bin", 201).json()
    warnings = first.pop("warnings")
    side = 200 if media_type == "application/pdf" else 1
    assert first == {"sha256": hashlib.sha256(data).hexdigest(), "mediaType": media_type, "size": len(data), "filename": "户口簿.bin",
                     "width": side, "height": side, "pages": 1}
    assert [each["code"] for each in warnings] == ([] if media_type == "application/pdf" else ["small"])
    assert send(registrar, data, media_type, "户口簿.bin", 200).json()["sha256"] == first["sha256"]
    answer = registrar.get("/evidence/" + first["sha256"])
    assert answer.content == data and answer.headers["Content-Type"] == media_type


def test_multipart_with_one_part(registrar):
    data = files.png()
    answer = registrar.call("POST", "/evidence", 201, files={"file": ("户口簿.png", data, "image/png")}).json()
    del answer["warnings"]
    assert answer == {"sha256": hashlib.sha256(data).hexdigest(), "mediaType": "image/png", "size": len(data), "filename": "户口簿.png",
                      "width": 1, "height": 1, "pages": 1}
    two = [("file", ("a.png", files.png(), "image/png")), ("file", ("b.png", files.png(), "image/png"))]
    assert registrar.call("POST", "/evidence", files=two).status_code in (400, 422)
    assert registrar.call("POST", "/evidence", files={"other": ("a.png", files.png(), "image/png")}).status_code in (400, 422)


@pytest.mark.parametrize("written", [r'a\"b.png', "a%22b.png"])
def test_a_quote_in_the_name_of_a_part(registrar, written):
    data = files.png()
    body = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{written}"\r\n\r\n'.encode() + data + b"\r\n--b--\r\n"
    answer = registrar.call("POST", "/evidence", 201, data=body, headers={"Content-Type": "multipart/form-data; boundary=b"}).json()
    assert answer["filename"] == 'a"b.png' and answer["sha256"] == hashlib.sha256(data).hexdigest()


def test_what_is_served_cannot_run(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], {"new_name": "欧阳证据", "ground": "register_changed", "reason": "更正"})
    answer = head.get("/evidence/" + request["evidence"][0]["sha256"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"] and "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].split(";")[0] in ("inline", "attachment")
    assert "no-store" in answer.headers["Cache-Control"] or "private" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("data, declared", [
    (HTML, "text/html"),
    (HTML, "image/png"),
    (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;" + HTML, "image/png"),
    (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "image/gif"),
    (HTML + files.pdf(), "application/pdf"),
    (b"PK\x03\x04" + b"\0" * 60 + files.pdf(), "application/pdf"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    (b"MZ" + b"\0" * 200, "application/pdf"),
    (b"plain words", "application/pdf"),
], ids=["html", "html-as-png", "gif-html-as-png", "gif", "html-then-pdf", "zip-then-pdf", "svg", "exe", "text"])
def test_a_wrong_type_is_refused_by_its_content(registrar, data, declared):
    problem(send(registrar, data, declared), 415, "unsupported-media-type")


@pytest.mark.parametrize("make, media_type", [
    (files.png, "image/png"), (files.jpeg, "image/jpeg"), (files.pdf, "application/pdf")])
@pytest.mark.parametrize("declared", [
    "", "application/octet-stream", "image/jpg", "image/pjpeg", "application/x-pdf", "application/wps-office.pdf",
    "text/html", "application/json", "IMAGE/PNG; q=1", "nonsense"])
def test_what_the_desktop_calls_a_file_is_no_reason(registrar, make, media_type, declared):
    data = make()
    assert send(registrar, data, declared, expect=201).json()["mediaType"] == media_type
    served = registrar.get("/evidence/" + hashlib.sha256(data).hexdigest())
    assert served.headers["Content-Type"] == media_type and served.content == data


def test_an_empty_file(registrar):
    assert send(registrar, b"", "image/png").status_code in (400, 415, 422)


def test_eleven_megabytes_are_too_much(registrar):
    data = files.png(11 * 1024 * 1024)
    problem(send(registrar, data, "image/png"), 413, "too-large")

    def pieces():
        yield from (data[start:start + 65536] for start in range(0, len(data), 65536))

    problem(send(registrar, pieces(), "image/png"), 413, "too-large")
    multipart = registrar.call("POST", "/evidence", files={"file": ("a.png", data, "image/png")})
    problem(multipart, 413, "too-large")


def test_a_browser_that_sends_to_the_end_gets_the_refusal(registrar):
    """It reads the answer only when its upload is through, however slow its line is."""
    head = (f"POST /api/v1/evidence?filename=a.png HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {registrar.token}\r\n"
            "Accept-Language: en\r\nContent-Type: image/png\r\nContent-Length: 11534336\r\n\r\n")
    address = urlsplit(registrar.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(head.encode())
        for _ in range(88):
            connection.sendall(bytes(131072))
            time.sleep(0.075)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    start, _, body = answer.partition(b"\r\n\r\n")
    assert start.startswith(b"HTTP/1.1 413 ") and b"Content-Type: application/problem+json" in start
    assert json.loads(body)["type"] == "/problems/too-large"


def test_just_below_ten_megabytes_pass(registrar):
    assert send(registrar, files.png(10 * 1024 * 1024 - 1024), "image/png", expect=201).json()["size"] > 10_000_000


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\\b.png", "x" * 300 + ".png", "a\r\nSet-Cookie: x=1.png", "\u202egnp.exe", 'q".png'])
def test_a_file_name_leads_nowhere(registrar, name):
    answer = send(registrar, files.png(), "image/png", name)
    assert answer.status_code in (201, 400, 422), answer.text
    if answer.status_code == 201:
        kept = answer.json()["filename"]
        assert "/" not in kept and "\\" not in kept and "\r" not in kept and "\n" not in kept and len(kept.encode()) <= 255
        served = registrar.get("/evidence/" + answer.json()["sha256"])
        assert "Set-Cookie" not in served.headers


def test_who_may_read_a_scan(world, supply, registrar, head, county):
    mine = upload(registrar)["sha256"]
    problem(head.get("/evidence/" + mine, expect=404), 404, "not-found")  # no request refers to it yet
    evidence = [{"kind": "household_register", "sha256": mine}]
    open_request(registrar, supply.student()["id"], {"new_name": "欧阳证物", "ground": "register_changed", "reason": "更正"}, evidence)
    for username in ("registrar", "head", "county", "county-approver", "province", "ministry"):
        world[username].get("/evidence/" + mine, expect=200)
    for username in ("registrar2", "county2", "province2"):
        problem(world[username].get("/evidence/" + mine, expect=404), 404, "not-found")
    world.anonymous().get("/evidence/" + mine, expect=401)


@pytest.mark.usefixtures("a_program_that_faketime_can_run")
def test_who_has_left_the_school_no_longer_reads_what_they_uploaded_there(private_world):
    world = private_world(simulator=False)
    registrar = world["registrar"]
    kept, used = upload(registrar)["sha256"], scans(registrar)
    student = registrar.items("/students", status="in_school", limit=1)[0]
    open_request(registrar, student["id"], {"new_name": "欧阳离校", "ground": "register_changed", "reason": "更正"}, used)
    remove_posts(world, "registrar")
    wait_until(lambda: not registrar.get("/me").json()["posts"], "the server to hear of it", seconds=60)
    for scan in (kept, used[0]["sha256"]):
        for path in (f"/evidence/{scan}", f"/evidence/{scan}/pages/1"):
            problem(registrar.get(path, expect=404), 404, "not-found")
    account(world, "post-add", "registrar", "--office", "110102", "--role", "reviewer")
    world.restart(clock="+2d")
    problem(world["registrar"].get("/evidence/" + used[0]["sha256"], expect=404), 404, "not-found")
    world["head"].get("/evidence/" + used[0]["sha256"], expect=200)


@pytest.mark.parametrize("name", ["x", "..", "0" * 63, "G" * 64, "0" * 65])
def test_a_hash_that_is_none(registrar, name):
    assert registrar.get("/evidence/" + name, expect=None, check=False).status_code in (400, 404)


def test_knowing_a_hash_does_not_make_it_ones_own(world, supply, registrar):
    """Whoever guesses the hash of another's scan must not be able to attach it, and so read it."""
    theirs = scans(world["registrar2"])
    open_request(registrar, supply.student()["id"], {"new_name": "欧阳试五", "ground": "register_changed", "reason": "更正"}, theirs, expect=422)
    registrar.get("/evidence/" + theirs[0]["sha256"], expect=404)


def test_a_file_that_somebody_replaced_is_not_given_out(private_world):
    """A pipe must not hold the server up, a link lead nowhere, and other bytes pass for none."""
    own = private_world(simulator=False)
    registrar = own["registrar"]
    scan = files.png()
    sha256 = send(registrar, scan, "image/png", expect=201).json()["sha256"]
    file = own.server.data / "evidence" / sha256[:2] / sha256[2:4] / sha256

    def replace(make):
        file.unlink()
        make()
        for _ in range(8):
            problem(registrar.get("/evidence/" + sha256, expect=500), 500, "internal")
        assert f"the evidence file {file} " in own.server.tail()

    replace(lambda: os.mkfifo(file))
    replace(lambda: file.symlink_to("/etc/passwd"))
    replace(lambda: file.write_bytes(bytes(len(scan))))
    replace(lambda: file.mkdir())
    file.rmdir()
    problem(registrar.get("/evidence/" + sha256, expect=500), 500, "internal")
    send(registrar, scan, "image/png", expect=200)
    assert registrar.get("/evidence/" + sha256, expect=200).content == scan
