"""Follows the live events."""
import asyncio
import json
import threading
import time

import websockets


class Live:
    """A WebSocket at /api/v1/events; collects frames until closed. Thread-safe."""

    def __init__(self, client, after=None, first_message=None, headers=None, seconds=10):
        self.frames = []
        self.code = None
        self.status = None  # of the refused upgrade
        self.refusal = b""
        self._changed = threading.Condition()
        self._opened = False
        self._socket = None
        self._loop = asyncio.new_event_loop()
        self._url = client.url.replace("http", "ws", 1) + "/api/v1/events"
        self._first = json.dumps({"after": after}) if first_message is None else first_message
        if headers is None:
            headers = {}
            if client.token:
                headers["Authorization"] = "Bearer " + client.token
            elif client.session.cookies:
                headers["Cookie"] = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.session.cookies)
                headers["Origin"] = client.url
        self._headers = headers
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._follow()), daemon=True)
        self._thread.start()
        with self._changed:
            self._changed.wait_for(lambda: self._opened or self.ended, seconds)
            assert self._opened or self.ended, "the WebSocket neither opened nor was refused"

    @property
    def ended(self):
        return self.code is not None or self.status is not None

    async def _follow(self):
        try:
            async with websockets.connect(
                    self._url, extra_headers=self._headers, compression=None, max_size=None, open_timeout=10, close_timeout=5) as socket:
                if self._first is not None:
                    await socket.send(self._first)
                self._socket = socket
                with self._changed:
                    self._opened = True
                    self._changed.notify_all()
                try:
                    async for text in socket:
                        with self._changed:
                            self.frames.append((time.monotonic(), json.loads(text)))
                            self._changed.notify_all()
                except websockets.ConnectionClosed:
                    pass
                code = socket.close_code
        except websockets.InvalidStatusCode as refused:
            code = None
            with self._changed:
                self.status = refused.status_code
                self._changed.notify_all()
        except (OSError, websockets.WebSocketException, asyncio.TimeoutError) as fault:
            code = None
            with self._changed:
                self.status = 0
                self.refusal = str(fault).encode()
                self._changed.notify_all()
        with self._changed:
            if self.status is None:
                self.code = code or 1006
            self._changed.notify_all()

    @property
    def events(self):
        with self._changed:
            return [frame for _, frame in self.frames]

    def wait(self, what, seconds=5, **wanted):
        """The first event of type `what` whose data has these members."""

        def found():
            for _, event in self.frames:
                if event["type"] == what and all(event["data"].get(key) == value for key, value in wanted.items()):
                    return event
            return None

        with self._changed:
            self._changed.wait_for(lambda: found() or self.ended, seconds)
            event = found()
        assert event, f"no {what} {wanted} within {seconds} s; came: " + json.dumps(self.events[-10:])
        return event

    def wait_closed(self, seconds=10):
        with self._changed:
            self._changed.wait_for(lambda: self.ended, seconds)
        assert self.ended, f"still open after {seconds} s"
        return self.code

    def send(self, text):
        asyncio.run_coroutine_threadsafe(self._socket.send(text), self._loop).result(10)

    def close(self):
        if not self.ended and self._socket:
            asyncio.run_coroutine_threadsafe(self._socket.close(), self._loop).result(10)
        self._thread.join(10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
