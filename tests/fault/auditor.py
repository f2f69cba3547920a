"""What must hold of the database after any number of crashes. Each rule returns what breaks it.

A run writes some hundred thousand entries, and the history has no index by request: a rule reads a table once, in order,
and looks up by itself what belongs together.
"""
import json

LOST, DOUBLED = "every acknowledged act is in the history", "no act is in the history twice"


def entries_by_key(database):
    """Request and action of the entries under each (username, key)."""
    found = {}
    for username, key, request, action in database.rows(
            "SELECT a.username, h.idempotency_key, h.request_id, h.action FROM history h "
            "JOIN account a ON a.id = h.key_account_id WHERE h.idempotency_key IS NOT NULL"):
        found.setdefault((username, key), []).append((request, action))
    return found


def none_lost(database, ledger):
    """Every acknowledged act is in the history, under its key, for its request."""
    found = entries_by_key(database)
    for _, username, key, request, action in ledger.acknowledged:
        entries = found.get((username, key), [])
        if (request, action) not in entries:
            yield f"{action} of request {request} was acknowledged, the history has {entries or 'nothing'}"


def none_doubled(database, ledger):
    """No act that a client sent, however often, is in the history more than once."""
    found = entries_by_key(database)
    for sent in ledger.sent:
        if len(found.get(sent, [])) > 1:
            yield f"what {sent[0]} sent under {sent[1]} is in the history more than once: {found[sent]}"


def nothing_unasked(database, ledger, before):
    """Every entry by a person since the test began carries a key that a client sent, or was made with one that does."""
    made = set()
    for username, key, request, action, at in database.rows(
            "SELECT a.username, h.idempotency_key, h.request_id, h.action, h.recorded_at "
            "FROM history h JOIN account a ON a.id = h.account_id WHERE h.id > ? ORDER BY h.id", before):
        first = (username, request, at) not in made
        made.add((username, request, at))
        if first and (username, key) not in ledger.sent:
            yield f"{action} of request {request} by {username} was asked by nobody"


def unbroken_chains(database):
    """Every request's history goes from state to state without a gap or a repetition, and ends where the request is."""
    states, hashes = {}, {}
    for request, origin, target, previous, own in database.rows(
            "SELECT request_id, from_state, to_state, previous_hash, hash FROM history ORDER BY request_id, id"):
        if origin != states.get(request, ""):
            yield f"request {request} goes on from {origin!r} after {states.get(request, '')!r}"
        if previous != hashes.get(request, ""):
            yield f"request {request} has a broken chain of hashes"
        states[request], hashes[request] = target, own
    for request, state, last_hash in database.rows("SELECT id, state, last_hash FROM request"):
        if states.get(request) != state or hashes.get(request) != last_hash:
            yield f"request {request} stands in {state}, its history ends in {states.get(request)}"


# The instant of a task that waits for no clock.
NEVER = 2**63 - 1

# Of the shipped definitions: both records of the pair stay as they are.
ENDS_WITHOUT_EFFECT = {"two_persons"}


def changes_have_requests(database):
    """Every change of the registry has its request and the reverse, and the last change is what the registry says."""
    by_history, last, tellers = {}, {}, {}
    completed = dict(database.rows("SELECT id, state FROM request WHERE outcome = 'completed' OR INSTR(document, '\"several\"') > 0"))
    for history, student, member, old, new in database.rows(
            "SELECT history_id, student_id, member, old_value, new_value FROM student_change ORDER BY id"):
        by_history.setdefault(history, []).append([member, old, new])
        # A student has several numbers, each with a state of its own.
        number = (new or old).split()[0] if member == "number.state" else ""
        if (student, member, number) in last and last[student, member, number] != old:
            yield f"student {student}: {member} changes from another value than it was given before"
        last[student, member, number] = new
    for history, request, to_state, changes in database.rows(
            "SELECT id, request_id, to_state, changes FROM history WHERE changes <> '[]'"):
        tellers[request] = tellers.get(request, 0) + 1
        if by_history.pop(history, None) != json.loads(changes):
            yield f"request {request}: its history and the registry tell different changes"
        if completed.get(request) != to_state:
            yield f"request {request} changed the registry on its way to {to_state}"
    for history in by_history:
        yield f"a change of the registry belongs to history entry {history}, which tells none"
    for (student, member, _), value in last.items():
        if member in ("name", "id_number", "sex", "birth_date"):
            ((now,),) = database.rows(f"SELECT {member} FROM student WHERE id = ?", student)
            if now != value:
                yield f"student {student}: the registry's {member} is not what was last applied"
    several = dict(database.rows("SELECT request_id, COUNT(*) FROM request_subject WHERE set_aside_at IS NULL GROUP BY request_id"))
    for request, state in database.rows("SELECT id, state FROM request WHERE outcome = 'completed'"):
        if state in ENDS_WITHOUT_EFFECT:
            if tellers.get(request, 0):
                yield f"request {request} changed the registry and stands in {state}, which has no effect"
        elif not 1 <= tellers.get(request, 0) <= several.get(request, 1):
            yield f"request {request} is completed with {tellers.get(request, 0)} changes of the registry"


def tasks_of_open_requests(database):
    """Every open request has its task, and of those that have ended only one that has yet to remind, with the instant; exactly
    its student is locked, but by another school's draft, by what locks nobody or not yet, and who was not free when a pair was opened."""
    for (request,) in database.rows("SELECT id FROM request WHERE outcome = '' AND id NOT IN (SELECT request_id FROM task)"):
        yield f"request {request} is open and has no task"
    for (request,) in database.rows("SELECT t.request_id FROM task t JOIN request r ON r.id = t.request_id "
                                    "WHERE t.state <> r.state OR (r.outcome <> '' AND (r.outcome <> 'completed' OR t.timer >= ?))", NEVER):
        yield f"request {request} has a task of another state"
    for (request,) in database.rows("SELECT r.id FROM request r JOIN student s ON s.id = r.student_id "
                                    "WHERE (r.outcome = '' AND INSTR(r.document, '\"unfiled\":true') = 0 AND INSTR(r.document, '\"locks\":false') = 0 AND NOT EXISTS (SELECT 1 FROM "
                                    "request_subject x WHERE x.request_id = r.id AND x.student_id = r.student_id AND x.locked = 0)) "
                                    "<> (s.open_request_id = r.id)"):
        yield f"request {request} and the lock of its student disagree"
    for (student,) in database.rows("SELECT id FROM student WHERE open_request_id <> 0 AND "
                                    "open_request_id NOT IN (SELECT id FROM request WHERE outcome = '')"):
        yield f"student {student} is locked by a request that is not open"


def audit(database, ledger, history_before):
    """`database`: one of kept.py. What breaks each rule, by its name."""
    checks = {
        LOST: none_lost(database, ledger),
        DOUBLED: none_doubled(database, ledger),
        "nothing that nobody asked for": nothing_unasked(database, ledger, history_before),
        "histories without gap or repetition": unbroken_chains(database),
        "registry changes and requests agree": changes_have_requests(database),
        "no open request without task, or the reverse": tasks_of_open_requests(database),
        "the database is sound": database.unsound(),
    }
    return {name: list(faults) for name, faults in checks.items()}
