"""The browser application as a browser gets it: files, compressed forms, caching, security headers."""
import gzip
import json
import re
import subprocess

import pytest
import requests

from support.client import problem
from support.program import Server, program

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PAGE = b"<!doctype html><html lang=zh-CN><title>xueji</title><script type=module src=/assets/index-B4kT9x2a.js></script>"
SCRIPT = b"document.title = 'xueji';\n" * 200
COMPRESSED = gzip.compress(SCRIPT, mtime=0)


@pytest.fixture(scope="module")
def ui(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ui")
    (folder / "assets").mkdir()
    (folder / "index.html").write_bytes(PAGE)
    (folder / "assets" / "index-B4kT9x2a.js").write_bytes(SCRIPT)
    (folder / "assets" / "index-B4kT9x2a.js.gz").write_bytes(COMPRESSED)
    (folder / "assets" / "index-B4kT9x2a.js.br").write_bytes(b"as brotli has it")
    (folder / "assets" / "index-B4kT9x2a.js.map").write_bytes(b"{}")
    (folder / "assets" / "han-E7.woff2").write_bytes(b"wOF2")
    return folder


@pytest.fixture(scope="module")
def server(ui, tmp_path_factory):
    one = Server(tmp_path_factory.mktemp("delivery"), environment={"XUEJI_UI_DIRECTORY": str(ui)})
    yield one
    assert one.stop() == 0, one.tail()


def fetch(server, path, method="GET", **headers):
    headers = {"Accept-Encoding": "identity", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return requests.request(method, server.url + path, headers=headers, timeout=30, stream=True, allow_redirects=False)


def raw(answer):
    return answer.raw.read(decode_content=False)


@pytest.mark.parametrize("path", ["/", "/index.html", "/queue", "/requests/12?tab=history", "/students/7/"])
def test_a_browser_gets_the_application_at_every_place_in_it(server, path):
    answer = fetch(server, path, Accept=BROWSER)
    assert answer.status_code == 200 and raw(answer) == PAGE
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/queue", "/assets/index-OLD00000.js", "/api/v1/nothing", "/assets/index-B4kT9x2a.js.map",
                                  "/assets/index-B4kT9x2a.js.gz", "/assets/", "/favicon.ico"])
@pytest.mark.parametrize("accept", ["*/*", "application/json", "image/avif,image/webp,*/*"])
def test_what_is_not_there_is_not_found(server, path, accept):
    problem(fetch(server, path, Accept=accept), 404, "not-found")


@pytest.mark.parametrize("path", ["/assets/index-OLD00000.js", "/api/v1/nothing", "/problems/nothing"])
def test_a_mistaken_path_is_not_found_for_browsers_too(server, path):
    problem(fetch(server, path, Accept=BROWSER), 404, "not-found")


@pytest.mark.parametrize("path", ["/../index.html", "/assets/%2e%2e/index.html", "/assets/..%2findex.html", "/assets/index.html%00",
                                  "/assets/..\\index.html", "/%2findex.html"])
def test_no_path_leads_out(server, path):
    request = requests.Request("GET", server.url).prepare()
    request.url = server.url + path
    request.headers["Accept"] = BROWSER
    with requests.Session() as session:
        problem(session.send(request, timeout=30), 400, "malformed")


def test_only_reading_is_served(server):
    problem(fetch(server, "/queue", "POST", Accept=BROWSER), 404, "not-found")
    problem(fetch(server, "/", "POST", Accept=BROWSER), 405, "method-not-allowed")


def test_routes_go_before_the_application(server):
    assert fetch(server, "/openapi.json", Accept=BROWSER).json()["openapi"].startswith("3.1")
    docs = fetch(server, "/docs", Accept=BROWSER)
    assert "/style.css" in docs.text and "style-src 'self'" in docs.headers["Content-Security-Policy"]
    assert fetch(server, "/style.css").headers["Content-Type"].startswith("text/css")


def test_hashed_files_are_kept_for_ever(server):
    for name, kind in (("index-B4kT9x2a.js", "text/javascript; charset=utf-8"), ("han-E7.woff2", "font/woff2")):
        answer = fetch(server, "/assets/" + name)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Type"] == kind


@pytest.mark.parametrize("accepted, coding, content", [
    ("gzip, deflate, br, zstd", "br", b"as brotli has it"), ("gzip, deflate", "gzip", COMPRESSED), ("br;q=0.5, gzip", "gzip", COMPRESSED),
    ("br;q=0, gzip;q=0", None, SCRIPT), ("identity", None, SCRIPT), ("*;q=0.1", "br", b"as brotli has it")])
def test_the_best_form_that_the_client_takes(server, accepted, coding, content):
    for method in ("GET", "HEAD"):
        answer = fetch(server, "/assets/index-B4kT9x2a.js", method, Accept_Encoding=accepted)
        assert answer.headers.get("Content-Encoding") == coding
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert int(answer.headers["Content-Length"]) == len(content)
        assert raw(answer) == (content if method == "GET" else b"")


def test_unchanged_files_are_not_sent_again(server):
    tags = set()
    for accepted in ("br", "gzip", "identity"):
        answer = fetch(server, "/assets/index-B4kT9x2a.js", Accept_Encoding=accepted)
        tag = answer.headers["ETag"]
        assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
        tags.add(tag)
        for names in (tag, "W/" + tag, f'"x", {tag}', f'"x" , W/{tag},"y"', "*"):
            again = fetch(server, "/assets/index-B4kT9x2a.js", Accept_Encoding=accepted, If_None_Match=names)
            assert again.status_code == 304 and raw(again) == b"" and again.headers["ETag"] == tag, names
            assert again.headers["Content-Security-Policy"] == answer.headers["Content-Security-Policy"]
        for names in ('"x"', tag[:-2] + '"', tag.strip('"')):
            assert fetch(server, "/assets/index-B4kT9x2a.js", Accept_Encoding=accepted, If_None_Match=names).status_code == 200, names
    assert len(tags) == 3
    other = next(iter(tags - {tag}))
    assert fetch(server, "/assets/index-B4kT9x2a.js", If_None_Match=other).status_code == 200


def test_the_page_may_load_only_what_is_ours(server):
    headers = fetch(server, "/queue", Accept=BROWSER).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'" and policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_signing_out_leaves_nothing_on_a_shared_computer(server):
    credentials = {"username": "registrar", "password": "xueji-demo"}
    with requests.Session() as session:
        session.trust_env = False
        signed_in = session.post(server.url + "/api/v1/session", json=credentials, headers={"Origin": server.url}, timeout=30)
        assert signed_in.status_code == 201 and session.cookies
        signed_out = session.delete(server.url + "/api/v1/session", headers={"Origin": server.url}, timeout=30)
        assert signed_out.status_code == 204
        assert signed_out.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert [cookie.name for cookie in session.cookies] == ["xueji_device"], "the session's cookie is ended by Set-Cookie"
        assert session.get(server.url + "/api/v1/me", timeout=30).status_code == 401, "that a browser is known lets nobody in"


def test_without_the_application_a_plain_page_says_where_to_begin(tmp_path):
    without = Server(tmp_path, environment={"XUEJI_UI_DIRECTORY": str(tmp_path / "nothing")})
    try:
        assert "/openapi.json" in fetch(without, "/", Accept=BROWSER).text
        problem(fetch(without, "/queue", Accept=BROWSER), 404, "not-found")
        assert "ui.directory" in without.tail()
    finally:
        assert without.stop() == 0


def test_the_description_is_printed_as_it_is_served(server):
    def printed(*options):
        return json.loads(subprocess.run([program(), "openapi", *options], check=True, capture_output=True, timeout=60).stdout)

    assert printed("--demo") == fetch(server, "/openapi.json").json()
    assert set(printed("--demo")["paths"]) - set(printed()["paths"]) == {"/demo", "/api/v1/demo"}
    help_text = subprocess.run([program(), "openapi", "--help"], check=True, capture_output=True, text=True, timeout=60).stdout
    assert "--demo" in help_text
