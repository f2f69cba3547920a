"""A small HTTP/1.1 client with one kept connection, and the certainty about what became of a request."""
import http.client
import json
import socket


class Unanswered(Exception):
    """The connection ended before an answer: whether it was done is unknown."""


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers = status, headers
        self.body = json.loads(body) if body and "json" in headers.get("content-type", "") else None

    @property
    def slug(self):
        return (self.body or {}).get("type", "").rsplit("/", 1)[-1]


class Client:
    def __init__(self, port, timeout=20):
        self.port, self.timeout, self.connection = port, timeout, None

    def call(self, method, path, token=None, body=None, headers=None, raw=None):
        headers = dict(headers or {})
        if token:
            headers["Authorization"] = "Bearer " + token
        if raw is None and body is not None:
            raw = json.dumps(body, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json"
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            self.connection.request(method, path, raw, headers)
            response = self.connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException, socket.timeout):
            self.close()
            raise Unanswered() from None
        if response.will_close:
            self.close()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, text)

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None
