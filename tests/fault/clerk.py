"""One clerk: takes students through their requests over HTTP, and writes down every act that was acknowledged."""
import random
import threading
import time
import uuid

from http_client import Client, Unanswered

API = "/api/v1"
NAMES = "安白宝辰初春达大德恩方芳飞光海涵好红华佳江金静君凯可乐丽林琳玲美明娜宁平奇强晴琪仁瑞森山诗思松涛天田文夏祥小晓欣新星秀雪雅阳洋一怡艺英永玉云泽志中子"


class Ledger:
    """What all clerks together were told. Safe from any thread."""

    def __init__(self):
        self.lock = threading.Lock()
        self.acknowledged = []   # (instant, username, key, request, action)
        self.unknown = set()     # (username, key): never answered
        self.sent = set()        # (username, key)
        self.repeated = 0        # after an answer
        self.insisted = 0        # after a broken connection
        self.put_off = 0         # after an answer that the server is busy or has no database
        self.surprises = []
        self.unexpected_statuses = {}

    def sending(self, username, key):
        with self.lock:
            self.sent.add((username, key))

    def done(self, username, key, request, action):
        with self.lock:
            self.acknowledged.append((time.monotonic(), username, key, request, action))
            self.unknown.discard((username, key))

    def gave_up(self, username, key):
        with self.lock:
            self.unknown.add((username, key))

    def surprise(self, sentence):
        with self.lock:
            self.surprises.append(sentence)

    def refused(self, action, answer):
        if answer.status == 401 or answer.status >= 500:
            self.surprise(f"{action} was answered {answer.status} {answer.slug}")
        with self.lock:
            name = f"{action}: {answer.status} {answer.slug}"
            self.unexpected_statuses[name] = self.unexpected_statuses.get(name, 0) + 1


class Clerk(threading.Thread):
    def __init__(self, number, port, tokens, students, evidence, ledger, up, stopping):
        """`students`: id and the fields of a change that the checks find clear, each to be used once."""
        super().__init__(name=f"clerk {number}", daemon=True)
        self.random = random.Random(number)
        self.client, self.tokens, self.evidence = Client(port), tokens, evidence
        self.students, self.clear_fields = list(students), dict(students)
        self.ledger, self.up, self.stopping = ledger, up, stopping

    def run(self):
        try:
            turn = 0
            while not self.stopping.is_set():
                self.take_through(self.students[turn % len(self.students)][0])
                turn += 1
        except Exception as error:  # a clerk that dies would make the test weaker without a word
            self.ledger.surprise(f"{self.name} died: {type(error).__name__}: {error}")

    def take_through(self, student):
        request = self.open(student)
        patience = 50
        while request and not self.stopping.is_set() and patience:
            step = self.next_step(request)
            if step is None:
                return
            if step == "wait":
                patience -= 1
                time.sleep(0.02)
                request = self.read(request["id"])
            else:
                request = self.act(request, *step)

    def next_step(self, request):
        """Who does what in this state: mostly forwards."""
        state, dice = request["state"]["key"], self.random.random()
        if state == "draft":
            return ("registrar", "submit", "")
        if state == "head_review":
            if dice < 0.1:
                return ("registrar", "withdraw", "")
            return ("head", "return", "请更正") if dice < 0.2 else ("head", "approve", "同意")
        if state == "county_review":
            return ("county", "return", "请更正") if dice < 0.15 else ("county", "approve", "同意")
        if state == "county_approval":
            return ("county-approver", "return", "请更正") if dice < 0.1 else ("county-approver", "approve", "同意")
        if state == "county_findings":
            return ("county", "reject", "不一致")
        return "wait" if state == "central_check" else None

    def open(self, student):
        fields = {"new_name": "".join(self.random.sample(NAMES, 3)), "ground": "register_changed", "reason": "更正"}
        if student in self.clear_fields and self.random.random() < 0.2:
            fields = self.clear_fields.pop(student)
        body = {"workflow": "key-information-change", "student": student, "fields": fields,
                "evidence": [{"kind": "household_register", "sha256": self.evidence}], "submit": True}
        answer = self.send("registrar", f"{API}/requests", body, None, "open")
        if answer is None or answer.status == 409:  # it is open already: by an act that was never answered
            return self.open_request_of(student)
        return answer.body if answer.status == 201 else self.unexpected("open", answer)

    def open_request_of(self, student):
        answer = self.get(f"{API}/students/{student}")
        blocking = answer and answer.body["openRequest"]
        return self.read(blocking["id"]) if blocking else None

    def act(self, request, username, action, comment):
        path = f"{API}/requests/{request['id']}/actions/{action}"
        answer = self.send(username, path, {"comment": comment} if comment else {}, request["version"], action)
        if answer is not None and answer.status == 200:
            return answer.body
        if answer is not None and answer.status not in (409, 412):
            self.unexpected(action, answer)
        return self.read(request["id"])

    def send(self, username, path, body, version, action):
        """Sends until it is answered, always with the same key; sometimes gives up after a broken connection."""
        key = uuid.UUID(int=self.random.getrandbits(128)).hex
        headers = {"Idempotency-Key": key}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        self.ledger.sending(username, key)
        while True:
            try:
                answer = self.client.call("POST", path, self.tokens[username], body, headers)
            except Unanswered:
                if self.random.random() < 0.25 or self.stopping.is_set():
                    self.ledger.gave_up(username, key)
                    return None
                with self.ledger.lock:
                    self.ledger.insisted += 1
                self.up.wait(60)
                continue
            if answer.status in (429, 503) or answer.slug == "idempotency-in-progress":
                with self.ledger.lock:
                    self.ledger.put_off += 1
                time.sleep(0.05)
                continue
            if answer.status in (200, 201):
                self.ledger.done(username, key, int(answer.body["id"]), action)
                if self.random.random() < 0.05:
                    self.repeat(username, path, body, headers, answer)
            return answer

    def repeat(self, username, path, body, headers, first):
        """The same key again: the same status and the same request."""
        try:
            again = self.client.call("POST", path, self.tokens[username], body, headers)
        except Unanswered:
            return
        if again.status in (429, 503):
            return
        if again.status != first.status or again.body["id"] != first.body["id"]:
            self.ledger.surprise(f"a repeated key was answered {again.status} {again.slug} after {first.status}")
        with self.ledger.lock:
            self.ledger.repeated += 1

    def read(self, request):
        answer = self.get(f"{API}/requests/{request}")
        return answer.body if answer else None

    def get(self, path):
        while True:
            try:
                answer = self.client.call("GET", path, self.tokens["registrar"])
            except Unanswered:
                if self.stopping.is_set():
                    return None
                self.up.wait(60)
                continue
            if answer.status == 200:
                return answer
            if answer.status not in (429, 503):
                return self.unexpected("read", answer)
            time.sleep(0.05)

    def unexpected(self, action, answer):
        self.ledger.refused(action, answer)
        return None
