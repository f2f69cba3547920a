"""HTTP that a proxy and a server may read differently: each case is refused, and what follows it is never answered."""
import socket
import time
from urllib.parse import urlsplit

import pytest

from support.raw import exchange, statuses

NEXT = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = b"5\r\nhello\r\n0\r\n\r\n"


def post(*fields, version=b"HTTP/1.1", target=b"/api/v1/session", host=b"Host: localhost\r\n"):
    return b"POST " + target + b" " + version + b"\r\n" + host + b"".join(field + b"\r\n" for field in fields) + b"\r\n"


def get(target, version=b"HTTP/1.1", host=b"Host: localhost\r\n", *fields):
    return b"GET " + target + b" " + version + b"\r\n" + host + b"".join(field + b"\r\n" for field in fields) + b"\r\n"


CASES = {
    "te-gzip": post(b"Transfer-Encoding: gzip"),
    "te-chunked-identity": post(b"Transfer-Encoding: chunked, identity"),
    "te-identity": post(b"Transfer-Encoding: identity"),
    "te-identity-chunked": post(b"Transfer-Encoding: identity, chunked") + CHUNKED,
    "te-xchunked": post(b"Transfer-Encoding: xchunked"),
    "te-xchunked-and-length": post(b"Transfer-Encoding: xchunked", b"Content-Length: 4") + b"abcd",
    "te-and-length": post(b"Transfer-Encoding: chunked", b"Content-Length: 4") + CHUNKED,
    "length-and-te": post(b"Content-Length: 4", b"Transfer-Encoding: chunked") + CHUNKED,
    "te-twice": post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked") + CHUNKED,
    "te-tab": post(b"Transfer-Encoding: \x0bchunked") + CHUNKED,
    "te-space-before-colon": post(b"Transfer-Encoding : chunked") + CHUNKED,
    "te-folded": post(b"Transfer-Encoding:\r\n chunked") + CHUNKED,
    "te-on-1.0": post(b"Transfer-Encoding: chunked", version=b"HTTP/1.0") + CHUNKED,
    "two-equal-lengths": post(b"Content-Length: 2", b"Content-Length: 2") + b"{}",
    "two-lengths": post(b"Content-Length: 2", b"Content-Length: 3") + b"{}",
    "length-list": post(b"Content-Length: 2, 2") + b"{}",
    "length-plus": post(b"Content-Length: +2") + b"{}",
    "length-minus": post(b"Content-Length: -2") + b"{}",
    "length-hex": post(b"Content-Length: 0x2") + b"{}",
    "length-space": post(b"Content-Length: 2 2") + b"{}",
    "length-empty": post(b"Content-Length:") + b"{}",
    "length-huge": post(b"Content-Length: 99999999999999999999999"),
    "two-hosts": get(b"/healthz", b"HTTP/1.1", b"Host: localhost\r\nHost: localhost\r\n"),
    "no-host": get(b"/healthz", b"HTTP/1.1", b""),
    "host-with-path": get(b"/healthz", b"HTTP/1.1", b"Host: localhost/evil\r\n"),
    "host-with-user": get(b"/healthz", b"HTTP/1.1", b"Host: a@b\r\n"),
    "target-without-slash": get(b"a"),
    "target-with-fragment": get(b"/a#b"),
    "target-absolute": get(b"http://evil.example/healthz"),
    "target-authority": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
    "target-star": b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "target-raw-utf8": get("/学籍".encode()),
    "target-space": get(b"/a b"),
    "target-tab": get(b"/a\tb"),
    "target-backslash": get(b"/a\\b"),
    "target-dots": get(b"/../etc/passwd"),
    "target-encoded-dots": get(b"/%2e%2e/healthz"),
    "target-encoded-slash": get(b"/api%2fv1/me"),
    "target-encoded-nul": get(b"/healthz%00"),
    "target-mixed": get(b"/../..%2f%00"),
    "target-bad-escape": get(b"/%zz"),
    "target-double-escape": get(b"/%252e%252e/healthz"),
    "target-overlong-utf8": get(b"/%c0%ae%c0%ae/healthz"),
    "folded-header": get(b"/healthz", b"HTTP/1.1", b"Host: localhost\r\n", b"X-A: b", b" c"),
    "space-before-colon": get(b"/healthz", b"HTTP/1.1", b"Host : localhost\r\n"),
    "header-without-name": get(b"/healthz", b"HTTP/1.1", b"Host: localhost\r\n", b": x"),
    "header-without-colon": get(b"/healthz", b"HTTP/1.1", b"Host: localhost\r\n", b"nonsense"),
    "nul-in-header": get(b"/healthz", b"HTTP/1.1", b"Host: localhost\r\n", b"X-A: b\0c"),
    "bare-cr-in-header": get(b"/healthz", b"HTTP/1.1", b"Host: localhost\r\n", b"X-A: b\rX-B: c"),
    "bare-lf": b"GET /healthz HTTP/1.1\nHost: localhost\n\n",
    "version-2": get(b"/healthz", b"HTTP/2.0"),
    "version-0.9": b"GET /healthz\r\n\r\n",
    "version-lower-case": get(b"/healthz", b"http/1.1"),
    "version-1.10": get(b"/healthz", b"HTTP/1.10"),
    "leading-space": b" GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "method-with-slash": b"G/T /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "long-header": get(b"/healthz", b"HTTP/1.1", b"Host: localhost\r\n", b"X-A: " + b"a" * 20_000),
    "many-headers": get(b"/healthz", b"HTTP/1.1", b"Host: localhost\r\n", *[b"X-%d: a" % n for n in range(4000)]),
    "long-target": get(b"/" + b"a" * 20_000),
    "two-authorizations": get(b"/api/v1/me", b"HTTP/1.1", b"Host: localhost\r\n", b"Authorization: Bearer a", b"Authorization: Bearer b"),
    "expect-unknown": post(b"Expect: 200-ok", b"Content-Length: 2") + b"{}",
    "body-on-get": get(b"/healthz", b"HTTP/1.1", b"Host: localhost\r\n", b"Content-Length: %d" % len(NEXT)),
    "tls-hello": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 64 + b"\r\n\r\n",
    "http2-preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}
TE = b"Transfer-Encoding: chunked"
JSON = b"Content-Type: application/json"
CHUNKS = {
    "chunk-size-hex-prefix": post(TE, JSON) + b"0x2\r\n{}\r\n0\r\n\r\n",
    "chunk-size-sign": post(TE, JSON) + b"+2\r\n{}\r\n0\r\n\r\n",
    "chunk-size-overflow": post(TE, JSON) + b"10000000000000002\r\n{}\r\n0\r\n\r\n",
    "chunk-size-huge": post(TE, JSON) + b"ffffffffffffffff\r\n{}\r\n0\r\n\r\n",
    "chunk-size-space": post(TE, JSON) + b"2 \r\n{}\r\n0\r\n\r\n",
    "chunk-bare-lf": post(TE, JSON) + b"2\n{}\n0\n\n",
    "chunk-without-end": post(TE, JSON) + b"2\r\n{}0\r\n\r\n",
    "chunk-trailers": post(TE, JSON) + b"2\r\n{}\r\n0\r\nX-Trailer: a\r\n\r\n",
    "chunk-trailer-framing": post(TE, JSON) + b"2\r\n{}\r\n0\r\nContent-Length: 7\r\n\r\n",
    "chunk-many-trailers": post(TE, JSON) + b"2\r\n{}\r\n0\r\n" + b"X-Trailer: aaaaaaaaaa\r\n" * 24_000 + b"\r\n",
    "chunk-long-extension": post(TE, JSON) + b"2;x=" + b"a" * 1_000_000 + b"\r\n{}\r\n0\r\n\r\n",
    "chunk-extension-lf": post(TE, JSON) + b"2;x\nGET /healthz HTTP/1.1\r\n{}\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("name", [*CASES, *CHUNKS])
def test_refused_and_the_next_request_never_answered(world, name):
    answer, closed = exchange(world.url, {**CASES, **CHUNKS}[name] + NEXT)
    seen = statuses(answer)
    assert closed, f"the connection stays open after {seen}"
    assert len(seen) <= 1, f"two answers: {seen}"
    if seen:
        assert 400 <= seen[0] < 500 or seen[0] in (501, 505), answer[:400]
        head = answer.split(b"\r\n\r\n")[0].lower()
        assert b"connection: close" in head
        assert b"application/problem+json" in head
    else:
        assert name in ("chunk-long-extension", "chunk-many-trailers", "many-headers", "long-header", "long-target"), "no answer at all"


def test_ordinary_pipelining_is_answered_in_order(world):
    ask = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer, closed = exchange(world.url, ask * 5 + last)
    assert statuses(answer) == [200] * 5 + [401] and closed


def test_chunked_json_is_read(world):
    body = b'{"username": "registrar", "password": "wrong"}'
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:10], body[10:])) + b"0\r\n\r\n"
    answer, _ = exchange(world.url, post(TE, JSON, b"Connection: close") + chunks)
    assert statuses(answer)[0] in (401, 429)


def test_a_body_that_is_too_large_is_not_swallowed(world):
    """Refused from the head alone: the answer comes before any of the body was sent."""
    address = urlsplit(world.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(post(b"Content-Length: 5000000", JSON))
        answer = connection.recv(65536)
    assert statuses(answer) == [413]


def test_expecting_permission_is_refused_before_the_body(world):
    address = urlsplit(world.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(post(b"Content-Length: 5000000", b"Expect: 100-continue", JSON))
        assert statuses(connection.recv(65536)) == [413]
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(post(b"Content-Length: 2", b"Expect: 100-continue", JSON))
        assert connection.recv(65536).startswith(b"HTTP/1.1 100 ")


def test_a_head_that_never_ends_is_given_up(private_world):
    world = private_world(environment={"XUEJI_SERVER_HEADER_SECONDS": "1"}, simulator=False)
    with socket.create_connection(("127.0.0.1", world.server.port), timeout=20) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n")
        answer = b""
        while part := connection.recv(65536):
            answer += part
    assert statuses(answer) in ([], [408])
