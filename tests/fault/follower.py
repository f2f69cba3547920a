"""One who follows the live events through every kill: resumes after the last event heard, as browsers do."""
import asyncio
import json
import threading
import time

import websockets


class Follower(threading.Thread):
    def __init__(self, port, token):
        super().__init__(name="follower", daemon=True)
        self.url, self.token = f"ws://127.0.0.1:{port}/api/v1/events", token
        self.lock, self.stopping = threading.Lock(), threading.Event()
        self.heard = []        # (request, version), in the order heard
        self.resyncs = 0
        self.connections = 0
        self.last = self.loop = self.socket = None

    def run(self):
        asyncio.run(self.follow())

    async def follow(self):
        self.loop = asyncio.get_running_loop()
        while not self.stopping.is_set():
            try:
                async with websockets.connect(self.url, extra_headers={"Authorization": "Bearer " + self.token}, compression=None,
                                              max_size=None, open_timeout=10, close_timeout=2) as socket:
                    self.socket = socket
                    self.connections += 1
                    await socket.send(json.dumps({"after": self.last}))
                    async for text in socket:
                        self.hear(json.loads(text))
            except (OSError, websockets.WebSocketException, asyncio.TimeoutError):
                await asyncio.sleep(0.05)

    def hear(self, event):
        self.last = event["id"]
        with self.lock:
            if event["type"] == "request.changed":
                self.heard.append((int(event["data"]["request"]), event["data"]["version"]))
            elif event["type"] == "resync":
                self.resyncs += 1

    def stop(self):
        self.stopping.set()
        if self.socket:
            asyncio.run_coroutine_threadsafe(self.socket.close(), self.loop).result(10)
        self.join(10)

    def faults(self, database, requests, patience=30):
        """What was committed for the school of these requests and not heard once, in order, since the first event heard."""
        school = dict(database.rows("SELECT id, school_id FROM request"))
        schools = {school[request] for request in requests}
        committed = [(request, version) for request, version in database.rows(
            "SELECT request_id, request_version FROM history WHERE outbox IS NOT NULL ORDER BY id") if school[request] in schools]
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and self.heard_last() != committed[-1]:
            time.sleep(0.05)
        self.stop()
        expected = committed[committed.index(self.heard[0]):] if self.heard and self.heard[0] in committed else committed
        if self.resyncs:
            yield f"{self.resyncs} times it was told to fetch anew"
        for number, (wanted, heard) in enumerate(zip(expected, self.heard)):
            if wanted != heard:
                yield f"event {number} should be of request {wanted[0]}, version {wanted[1]}, and is of {heard[0]}, version {heard[1]}"
                return
        if len(expected) != len(self.heard):
            yield f"{len(self.heard)} events were heard of {len(expected)}"

    def heard_last(self):
        with self.lock:
            return self.heard[-1] if self.heard else None
