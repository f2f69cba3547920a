"""An API client that trusts nothing: every answer is compared with the server's description."""
import itertools
import json
import os
from urllib.parse import urlsplit

import requests

from support.openapi import described_by

API = "/api/v1"
SEEN = set()  # (status, slug) of every problem document of the session; test_zz_coverage asks
_serial = itertools.count()


def new_key():
    return f"test-{os.getpid()}-{next(_serial)}-{os.urandom(6).hex()}"


def slug(response):
    return response.json()["type"].rsplit("/", 1)[-1]


def note(response):
    """Remembers a refusal, and that it is one a person can understand."""
    if not response.headers.get("Content-Type", "").startswith("application/problem+json"):
        return
    body = response.json()
    assert body["type"].startswith("/problems/"), body
    assert body["status"] == response.status_code, body
    assert body["title"].strip() and body["detail"].strip() and body["instance"].strip(), body
    SEEN.add((response.status_code, slug(response)))


class Client:
    """One account's way in. `token` speaks by bearer, else by the cookie of its session. `checks`: answers are compared with the description."""

    _descriptions = {}

    def __init__(self, url, username=None, token=None, language="en", checks=True):
        self.url = url
        self.username = username
        self.token = token
        self.checks = checks
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Accept-Language"] = language
        self.session.headers["User-Agent"] = "xueji tests"
        if token:
            self.session.headers["Authorization"] = "Bearer " + token

    @property
    def description(self):
        if self.url not in Client._descriptions:
            Client._descriptions[self.url] = described_by(requests.get(self.url + "/openapi.json", timeout=30).content)
        return Client._descriptions[self.url]

    def call(self, method, path, expect=None, key=None, version=None, check=True, **options):
        """`path` stands under /api/v1 unless it starts there or is a page of the server itself."""
        headers = dict(options.pop("headers", None) or {})
        if key is not None:
            headers["Idempotency-Key"] = key
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        target = path if path.startswith((API, "//")) or path in ROOT_PAGES or path.startswith("/problems/") else API + path
        response = self.session.request(method, self.url + target, headers=headers, timeout=60, **options)
        if expect != 500:  # a failure that the test itself has made is no answer of the contract
            note(response)
        assert response.status_code < 500 or response.status_code in (503, expect), f"{method} {target}: {response.status_code} {response.text[:500]}"
        if expect is not None:
            wanted = expect if isinstance(expect, tuple) else (expect,)
            assert response.status_code in wanted, f"{method} {target}: {response.status_code}, not {expect}: {response.text[:800]}"
        if check and self.checks:
            faults = self.description.faults_of_answer(method, urlsplit(target).path, response)
            assert not faults, f"{method} {target} {response.status_code}: " + "; ".join(faults) + "\n" + response.text[:800]
        return response

    def get(self, path, expect=200, **options):
        return self.call("GET", path, expect, **options)

    def post(self, path, body=None, expect=None, **options):
        if body is not None:
            options["json"] = body
        return self.call("POST", path, expect, **options)

    def patch(self, path, body, expect=None, **options):
        return self.call("PATCH", path, expect, json=body, **options)

    def delete(self, path, expect=None, **options):
        return self.call("DELETE", path, expect, **options)

    def items(self, path, **params):
        """Every item of a list, page by page."""
        found, cursor = [], None
        while True:
            page = self.get(path, params={**params, **({"cursor": cursor} if cursor else {})}).json()
            found += page["items"]
            cursor = page["next"]
            if cursor is None:
                return found

    def found(self, path, **body):
        """Every item of a search, page by page."""
        found, cursor = [], None
        while True:
            page = self.post(path + "/search", {**body, **({"cursor": cursor} if cursor else {})}).json()
            found += page["items"]
            cursor = page["next"]
            if cursor is None:
                return found


ROOT_PAGES = ("/openapi.json", "/asyncapi.json", "/docs", "/healthz", "/readyz", "/metrics")


def sign_in(url, username, password="xueji-demo", cookie=False, language="en", checks=True):
    """A signed-in client; refusals are for tests that look at POST /session themselves."""
    client = Client(url, username, language=language, checks=checks)
    body = {"username": username, "password": password}
    if cookie:
        client.post("/session", body, expect=201, headers={"Origin": url})
        client.session.headers["Origin"] = url
        return client
    return Client(url, username, client.post("/session", {**body, "mode": "token"}, expect=201).json()["token"], language, checks)


def problem(response, status, kind):
    """The refusal's document, after checking that it is this one."""
    assert response.status_code == status, f"{response.status_code}, not {status} {kind}: {response.text[:800]}"
    assert response.headers["Content-Type"].startswith("application/problem+json"), response.headers
    body = response.json()
    assert body["type"] == "/problems/" + kind, json.dumps(body, ensure_ascii=False)
    return body
