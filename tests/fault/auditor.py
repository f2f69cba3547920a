"""What must hold of the database after any number of crashes. Each rule returns what breaks it."""
import json
import sqlite3


def rows(database, sql, *values):
    return database.execute(sql, values).fetchall()


def acknowledged_once(database, ledger):
    """Every acknowledged act is in the history exactly once, under its key, for its request."""
    found = {}
    for username, key, request, action in rows(
            database, "SELECT a.username, h.idempotency_key, h.request_id, h.action FROM history h "
                      "JOIN account a ON a.id = h.key_account_id WHERE h.idempotency_key IS NOT NULL"):
        found.setdefault((username, key), []).append((request, action))
    for _, username, key, request, action in ledger.acknowledged:
        entries = found.get((username, key), [])
        if len(entries) != 1:
            yield f"{action} of request {request} was acknowledged and is in the history {len(entries)} times"
        elif entries[0] != (request, action):
            yield f"{action} of request {request} was acknowledged, the history has {entries[0]}"


def nothing_unasked(database, ledger, before):
    """Every entry by a person since the test began carries a key that a client sent."""
    for username, key, request, action, position in rows(
            database, "SELECT a.username, h.idempotency_key, h.request_id, h.action, "
                      "(SELECT COUNT(*) FROM history o WHERE o.request_id = h.request_id AND o.id < h.id AND "
                      " o.recorded_at = h.recorded_at AND o.account_id = h.account_id) "
                      "FROM history h JOIN account a ON a.id = h.account_id WHERE h.id > ?", before):
        if (username, key) not in ledger.sent and position == 0:
            yield f"{action} of request {request} by {username} was asked by nobody"


def unbroken_chains(database):
    """Every request's history goes from state to state without a gap or a repetition, and ends where the request is."""
    states, hashes = {}, {}
    for request, origin, target, previous, own in rows(
            database, "SELECT request_id, from_state, to_state, previous_hash, hash FROM history ORDER BY request_id, id"):
        if origin != states.get(request, ""):
            yield f"request {request} goes on from {origin!r} after {states.get(request, '')!r}"
        if previous != hashes.get(request, ""):
            yield f"request {request} has a broken chain of hashes"
        states[request], hashes[request] = target, own
    for request, state, last_hash in rows(database, "SELECT id, state, last_hash FROM request"):
        if states.get(request) != state or hashes.get(request) != last_hash:
            yield f"request {request} stands in {state}, its history ends in {states.get(request)}"


def changes_have_requests(database):
    """Every change of the registry has its request and the reverse, and the last change is what the registry says."""
    by_history, last = {}, {}
    for history, student, member, old, new in rows(
            database, "SELECT history_id, student_id, member, old_value, new_value FROM student_change ORDER BY id"):
        by_history.setdefault(history, []).append([member, old, new])
        if (student, member) in last and last[student, member] != old:
            yield f"student {student}: {member} changes from another value than it was given before"
        last[student, member] = new
    for history, request, to_state, changes in rows(
            database, "SELECT id, request_id, to_state, changes FROM history WHERE changes <> '[]'"):
        if by_history.pop(history, None) != json.loads(changes):
            yield f"request {request}: its history and the registry tell different changes"
        if to_state != "completed":
            yield f"request {request} changed the registry on its way to {to_state}"
    for history in by_history:
        yield f"a change of the registry belongs to history entry {history}, which tells none"
    for (student, member), value in last.items():
        if member in ("name", "id_number", "sex", "birth_date"):
            ((now,),) = rows(database, f"SELECT {member} FROM student WHERE id = ?", student)
            if now != value:
                yield f"student {student}: the registry's {member} is not what was last applied"
    for request, count in rows(
            database, "SELECT r.id, COUNT(h.id) FROM request r LEFT JOIN history h ON h.request_id = r.id AND h.changes <> '[]' "
                      "WHERE r.outcome = 'completed' GROUP BY r.id HAVING COUNT(h.id) <> 1"):
        yield f"request {request} is completed with {count} changes of the registry"


def tasks_of_open_requests(database):
    """Every open request has its task, nothing else has one, and exactly its student is locked."""
    for (request,) in rows(database, "SELECT id FROM request WHERE outcome = '' AND id NOT IN (SELECT request_id FROM task)"):
        yield f"request {request} is open and has no task"
    for (request,) in rows(database, "SELECT t.request_id FROM task t JOIN request r ON r.id = t.request_id "
                                     "WHERE r.outcome <> '' OR (t.state <> r.state)"):
        yield f"request {request} has a task of another state"
    for (request,) in rows(database, "SELECT r.id FROM request r JOIN student s ON s.id = r.student_id "
                                     "WHERE (r.outcome = '') <> (s.open_request_id = r.id)"):
        yield f"request {request} and the lock of its student disagree"
    for (student,) in rows(database, "SELECT id FROM student WHERE open_request_id <> 0 AND "
                                     "open_request_id NOT IN (SELECT id FROM request WHERE outcome = '')"):
        yield f"student {student} is locked by a request that is not open"


def sound_file(database):
    for (verdict,) in rows(database, "PRAGMA integrity_check(20)"):
        if verdict != "ok":
            yield verdict
    for fault in rows(database, "PRAGMA foreign_key_check"):
        yield f"foreign key: {fault}"


def audit(path, ledger, history_before):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    checks = {
        "every acknowledged act exactly once": acknowledged_once(database, ledger),
        "nothing that nobody asked for": nothing_unasked(database, ledger, history_before),
        "histories without gap or repetition": unbroken_chains(database),
        "registry changes and requests agree": changes_have_requests(database),
        "no open request without task, or the reverse": tasks_of_open_requests(database),
        "the database file is sound": sound_file(database),
    }
    results = {name: list(faults) for name, faults in checks.items()}
    database.close()
    return results
