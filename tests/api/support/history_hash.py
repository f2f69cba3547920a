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


def named(*values):
    """Names and values of a list; what is empty is left out."""
    return b"".join(netstring(name) + (netstring(value) if not isinstance(value, bytes) else b"%d:%s," % (len(value), value))
                    for name, value in values if value not in ("", b"", None))


def listed(form, *values):
    return hashlib.sha256(netstring(form) + named(*values)).hexdigest()


def entry_hash(entry, student, account):
    """Of format 2."""
    post, based_on = entry["post"], entry["submission"] or {}
    return listed(
        "xueji history 2", ("previous", entry["previousHash"]), ("request", entry["request"]), ("student", student), ("by", account),
        ("office", post and post["office"]["id"]), ("role", post and post["role"]), ("action", entry["action"]), ("from", entry["from"]),
        ("to", entry["to"]), ("comment", entry["comment"]), ("recorded_at", microseconds(entry["at"])),
        ("effective_at", microseconds(entry["effectiveAt"])),
        *(("change", named(("member", change["field"]), ("old", change["old"]), ("new", change["new"]))) for change in entry["changes"]),
        ("submission", based_on.get("formSha256")), ("evidence", based_on.get("evidenceSha256")))


def submission_hashes(submission, before):
    """Of its form and of its evidence. `before`: the registry's values, by field."""
    def values(name, fields):
        return ((name, named(("key", key), ("value", value))) for key, value in sorted(fields.items()))
    form = listed("xueji form 1", ("round", submission["round"]), *values("field", submission["fields"]), *values("before", before))
    return form, listed("xueji evidence 1", *(
        ("scan", named(("sha256", item["sha256"]), ("kind", item["kind"]), ("filename", item["filename"]), ("media_type", item["mediaType"]),
                       ("size", item["size"]))) for item in submission["evidence"]))


def assert_chain(admin, entries, student):
    """Every entry names its predecessor's hash, and hashes to its own."""
    accounts = {account["username"]: account["id"] for account in admin.items("/accounts", limit=200)}
    previous = ""
    for entry in entries:
        assert (entry["previousHash"] or "") == previous
        account = 0 if entry["by"] == "system" else accounts[entry["by"]]
        assert entry["hashFormat"] == 2
        assert entry_hash(entry, student, account) == entry["hash"], entry
        previous = entry["hash"]
