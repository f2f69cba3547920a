"""Recomputes the chain of a request's history as docs/formats/history-hash.md says."""
import datetime
import hashlib

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def microseconds(instant):
    seconds, _, fraction = instant.rstrip("Z").partition(".")
    whole = datetime.datetime.fromisoformat(seconds + "+00:00") - EPOCH
    return int(whole.total_seconds()) * 1_000_000 + int((fraction + "000000")[:6])


def netstring(text):
    data = str(text).encode()
    return b"%d:%s," % (len(data), data)


def entry_hash(entry, student, account):
    post = entry["post"]
    members = [
        "xueji history 1", entry["previousHash"] or "", entry["request"], student, account,
        post["office"]["id"] if post else "", post["role"] if post else "", entry["action"], entry["from"] or "", entry["to"],
        entry["comment"] or "", microseconds(entry["at"]), microseconds(entry["effectiveAt"]), len(entry["changes"])]
    for change in entry["changes"]:
        members += [change["field"], change["old"], change["new"]]
    return hashlib.sha256(b"".join(map(netstring, members))).hexdigest()


def assert_chain(admin, entries, student):
    """Every entry names its predecessor's hash, and hashes to its own."""
    accounts = {account["username"]: account["id"] for account in admin.items("/accounts", limit=200)}
    previous = ""
    for entry in entries:
        assert (entry["previousHash"] or "") == previous
        account = 0 if entry["by"] == "system" else accounts[entry["by"]]
        assert entry_hash(entry, student, account) == entry["hash"], entry
        previous = entry["hash"]
