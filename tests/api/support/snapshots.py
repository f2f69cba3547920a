"""Answers written down in files that people read in a diff: ids, times, hashes and tokens have stable names.

The same id has the same name within a file, so that references between answers are compared too. Kinds of ids follow
the member or the path that holds them."""
import json
import os
import pathlib
import re

UPDATE = "XUEJI_UPDATE_SNAPSHOTS"
FOLDER = pathlib.Path(__file__).resolve().parents[1] / "snapshots"
HEADERS = ("Content-Type", "Content-Language", "Content-Disposition", "Cache-Control", "ETag", "Location", "Allow", "Retry-After",
           "WWW-Authenticate", "Vary", "Set-Cookie")

# Members whose text is an id, by what it is the id of.
KINDS = {"request": "request", "openRequest": "request", "student": "student", "task": "task", "office": "office", "school": "office",
         "supervisor": "office", "post": "post", "posts": "post", "notification": "notification", "requests": "request",
         "students": "student", "subjects": "student", "tasks": "task", "checks": "task", "check": "task", "offices": "office",
         "notifications": "notification", "accounts": "account", "me": "account", "session": "account", "history": "entry", "as": "post", "delegations": "post", "proposed": "post", "audit": "line"}
SHA256 = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b")
INSTANT = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
MINUTE = re.compile(r"\b(\d{4}-\d\d-\d\d) (\d\d:\d\d)\b")
IN_PATH = re.compile(r"\b(requests|students|tasks|checks|offices|notifications|posts)/(\d+)\b")
IN_SENTENCE = re.compile(r"(\bnumber |编号 )(\d+)\b")
INSTANCE = re.compile(r"[0-9a-f]{16}\Z")
DIGITS = re.compile(r"\d+\Z")


class Names:
    """Stable names for what differs from run to run."""

    def __init__(self):
        self._names, self._counts = {}, {}

    def of(self, kind, value):
        if (kind, value) not in self._names:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._names[kind, value] = f"<{kind} {self._counts[kind]}>"
        return self._names[kind, value]

    def in_text(self, text):
        """Midnights in China, which deadlines end at, stay; other moments of the day are chance."""
        text = SHA256.sub(lambda found: self.of("hash", found[0]), text)
        text = INSTANT.sub(lambda found: found[0] if "T16:00:00Z" in found[0] else "<instant>", text)
        text = MINUTE.sub(lambda found: found[0] if found[2] in ("00:00", "24:00") else f"{found[1]} <minute>", text)
        text = IN_SENTENCE.sub(lambda found: found[1] + self.of("request", found[2]), text)
        return IN_PATH.sub(lambda found: f"{found[1]}/{self.of(KINDS[found[1]], found[2])}", text)

    def in_value(self, value, key="", parent=""):
        """`key` is the member that holds the value, `parent` that which holds the object of it."""
        if isinstance(value, dict):
            return {self.in_text(name): self.in_value(each, name, key) for name, each in value.items()}
        if isinstance(value, list):
            return [self.in_value(each, parent if key in ("items", "results") else key, parent) for each in value]
        if key.endswith("Seconds") and isinstance(value, (int, float)):
            return "<seconds>"
        if key == "answered" and isinstance(value, int):  # what was busy is asked again, and counted again
            return "<number>"
        if not isinstance(value, str):
            return value
        if key in ("next", "cursor"):
            return "<cursor>"
        if key == "instance" and INSTANCE.match(value):
            return "<instance>"
        if key in ("token", "handle", "secret", "uri", "recoveryCodes"):
            return self.of(key, value)
        if DIGITS.match(value) and (key == "id" or key in KINDS):
            return self.of(KINDS.get(parent if key == "id" else key, parent if key == "id" else key), value)
        return self.in_text(value)


def pretty(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)


class Book:
    """The snapshots of a session, one file for each operation; compared with the folder, or written to it."""

    def __init__(self):
        self._pages = {}

    def names(self, page):
        return self._page(page)["names"]

    def _page(self, page):
        return self._pages.setdefault(page, {"names": Names(), "answers": {}})

    def note(self, page, question, answer, asked_by=""):
        """The same answer to the same question stands once, with all who were given it."""
        self._page(page)["answers"].setdefault((question, answer), []).append(asked_by)

    def text(self, page):
        parts = []
        for (question, answer), askers in self._page(page)["answers"].items():
            who = ", ".join(dict.fromkeys(asker for asker in askers if asker))
            parts.append(f"=== {question}\n" + (f"as {who}\n" if who else "") + answer.rstrip("\n") + "\n")
        return "\n".join(parts)

    def pages(self):
        return sorted(self._pages)

    def differences(self):
        """What differs from the folder, as sentences; nothing after it was written."""
        if os.environ.get(UPDATE):
            return self._write()
        there = {path.stem for path in FOLDER.glob("*.txt")}
        told = [f"{page}: no snapshot" for page in self.pages() if page not in there]
        told += [f"{page}: a snapshot that no answer belongs to" for page in sorted(there - set(self.pages()))]
        for page in self.pages():
            if page in there:
                told += first_difference(page, (FOLDER / f"{page}.txt").read_text(encoding="utf-8"), self.text(page))
        return told

    def _write(self):
        FOLDER.mkdir(exist_ok=True)
        for path in FOLDER.glob("*.txt"):
            if path.stem not in self._pages:
                path.unlink()
        for page in self.pages():
            (FOLDER / f"{page}.txt").write_text(self.text(page), encoding="utf-8")
        return []


def first_difference(page, before, after):
    old, new = before.split("\n"), after.split("\n")
    for number in range(max(len(old), len(new))):
        left, right = (lines[number] if number < len(lines) else "(the end)" for lines in (old, new))
        if left != right:
            heading = next((line for line in reversed(new[:number + 1]) if line.startswith("=== ")), "")
            return [f"{page}.txt:{number + 1}: {heading}\n  - {left}\n  + {right}"]
    return []
