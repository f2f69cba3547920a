"""Every rule of the audit finds the fault it is there for, and finds none in a sound database."""
import json
import os
import sqlite3
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from auditor import DOUBLED, LOST, audit  # noqa: E402
from clerk import Ledger  # noqa: E402
from kept import MariaDatabase, SqliteFile, databases  # noqa: E402

SCHEMA = """
CREATE TABLE account (id INTEGER PRIMARY KEY, username TEXT);
CREATE TABLE student (id INTEGER PRIMARY KEY, name TEXT, id_number TEXT, sex TEXT, birth_date TEXT, open_request_id INTEGER);
CREATE TABLE request (id INTEGER PRIMARY KEY, student_id INTEGER, state TEXT, outcome TEXT, last_hash TEXT, document TEXT DEFAULT '{}');
CREATE TABLE task (request_id INTEGER REFERENCES request (id), number INTEGER, state TEXT, timer BIGINT DEFAULT 9223372036854775807, PRIMARY KEY (request_id, number));
CREATE TABLE history (id INTEGER PRIMARY KEY, request_id INTEGER, account_id INTEGER, action TEXT, from_state TEXT, to_state TEXT,
  recorded_at INTEGER, changes TEXT, previous_hash TEXT, hash TEXT, key_account_id INTEGER, idempotency_key TEXT);
CREATE TABLE request_subject (request_id INTEGER, ordinal INTEGER, student_id INTEGER, set_aside_at INTEGER, locked INTEGER);
CREATE TABLE student_change (id INTEGER PRIMARY KEY, history_id INTEGER, student_id INTEGER, member TEXT, old_value TEXT, new_value TEXT);
INSERT INTO account VALUES (1, 'registrar');
INSERT INTO student VALUES (1, 'new', NULL, 'male', '2012-05-04', 0), (2, 'other', NULL, 'male', '2012-05-04', 2);
INSERT INTO request (id, student_id, state, outcome, last_hash) VALUES (1, 1, 'completed', 'completed', 'h2'), (2, 2, 'head_review', '', 'h4');
INSERT INTO task (request_id, number, state) VALUES (2, 1, 'head_review');
INSERT INTO history VALUES (1, 1, 1, 'open', '', 'draft', 100, '[]', '', 'h1', 1, 'k1');
INSERT INTO history VALUES (3, 2, 1, 'open', '', 'draft', 200, '[]', '', 'h3', 1, 'k2');
INSERT INTO history VALUES (4, 2, 1, 'submit', 'draft', 'head_review', 200, '[]', 'h3', 'h4', NULL, NULL);
INSERT INTO student_change VALUES (1, 2, 1, 'name', 'old', 'new');
"""


CHECKS = ("INSERT INTO history VALUES (2, 1, 0, 'checks', 'draft', 'completed', 110, "
          f"'{json.dumps([['name', 'old', 'new']])}', 'h1', 'h2', NULL, NULL)")
SOUND = [*filter(str.strip, SCHEMA.split(";")), CHECKS]


class TheAudit(unittest.TestCase):
    def setUp(self):
        self.ledger = Ledger()
        for key, request in (("k1", 1), ("k2", 2)):
            self.ledger.sending("registrar", key)
            self.ledger.done("registrar", key, request, "open")

    def made(self, statements):
        """A database on which these have been run."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, "test.db")
        with sqlite3.connect(path) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()
        return SqliteFile(path)

    def failed(self, *damage):
        database = self.made([*SOUND, *damage])
        self.addCleanup(database.close)
        return [name for name, faults in audit(database, self.ledger, 0).items() if faults]

    def test_a_sound_database_passes(self):
        self.assertEqual(self.failed(), [])

    def test_an_act_that_is_lost(self):
        self.assertIn(LOST, self.failed("UPDATE history SET idempotency_key = NULL WHERE id = 1"))

    def test_an_act_that_is_doubled(self):
        self.assertIn(DOUBLED,
                      self.failed("INSERT INTO history SELECT 9, request_id, account_id, action, from_state, to_state, 300, changes, "
                                  "previous_hash, hash, key_account_id, idempotency_key FROM history WHERE id = 3"))

    def test_an_act_under_another_request(self):
        self.ledger.done("registrar", "k2", 1, "open")
        self.assertIn(LOST, self.failed())

    def test_an_act_that_was_never_answered_and_is_doubled(self):
        self.ledger.sending("registrar", "k3")
        self.assertEqual(self.failed(*(f"INSERT INTO history VALUES ({id}, 2, 1, 'claim', 'head_review', 'head_review', {id}, '[]', "
                                       f"'h{id - 1}', 'h{id}', 1, 'k3')" for id in (5, 6)),
                                     "UPDATE request SET last_hash = 'h6' WHERE id = 2"), [DOUBLED])

    def test_an_act_that_nobody_asked_for(self):
        self.assertIn("nothing that nobody asked for", self.failed("UPDATE history SET idempotency_key = 'k9' WHERE id = 3"))

    def test_a_history_with_a_gap(self):
        self.assertIn("histories without gap or repetition", self.failed("DELETE FROM history WHERE id = 3"))

    def test_a_history_that_lacks_its_end(self):
        self.assertIn("histories without gap or repetition", self.failed("DELETE FROM history WHERE id = 4"))

    def test_a_changed_hash(self):
        self.assertIn("histories without gap or repetition", self.failed("UPDATE history SET hash = 'x' WHERE id = 1"))

    def test_a_registry_change_without_its_request(self):
        self.assertIn("registry changes and requests agree",
                      self.failed("INSERT INTO student_change VALUES (2, 4, 2, 'name', 'before', 'other')"))

    def test_a_request_without_its_registry_change(self):
        self.assertIn("registry changes and requests agree", self.failed("DELETE FROM student_change"))

    def test_a_request_that_changes_the_registry_twice(self):
        """Only one about several students may, once for each."""
        twice = (f"INSERT INTO history VALUES (5, 1, 0, 'checks', 'completed', 'completed', 120, '{json.dumps([['name', 'new', 'more']])}', "
                 "'h2', 'h5', NULL, NULL)",
                 "INSERT INTO student_change VALUES (2, 5, 1, 'name', 'new', 'more')", "UPDATE student SET name = 'more' WHERE id = 1")
        self.assertIn("registry changes and requests agree", self.failed(*twice))
        about_two = "INSERT INTO request_subject VALUES (1, 1, 1, NULL, 1), (1, 2, 2, NULL, 1)"
        self.assertNotIn("registry changes and requests agree", self.failed(*twice, about_two))

    def test_a_registry_that_says_something_else(self):
        self.assertIn("registry changes and requests agree", self.failed("UPDATE student SET name = 'old' WHERE id = 1"))

    def test_an_open_request_without_task(self):
        self.assertIn("no open request without task, or the reverse", self.failed("DELETE FROM task"))

    def test_a_task_of_an_ended_request(self):
        self.assertIn("no open request without task, or the reverse", self.failed("INSERT INTO task (request_id, number, state) VALUES (1, 1, 'completed')"))

    def test_an_ended_request_that_has_yet_to_remind(self):
        self.assertEqual(self.failed("INSERT INTO task VALUES (1, 1, 'completed', 300)"), [])

    def test_a_student_who_stays_locked(self):
        self.assertIn("no open request without task, or the reverse", self.failed("UPDATE student SET open_request_id = 1 WHERE id = 1"))

    def test_a_student_who_is_not_locked(self):
        self.assertIn("no open request without task, or the reverse", self.failed("UPDATE student SET open_request_id = 0"))

    def test_another_schools_draft_locks_nobody(self):
        self.assertEqual(self.failed('UPDATE request SET document = \'{"unfiled":true}\' WHERE id = 2', "UPDATE student SET open_request_id = 0"), [])

    def test_what_locks_nobody_locks_nobody(self):
        unlocked = 'UPDATE request SET document = \'{"locks":false}\' WHERE id = 2'
        self.assertEqual(self.failed(unlocked, "UPDATE student SET open_request_id = 0"), [])
        self.assertNotEqual(self.failed(unlocked), [])

    def test_who_was_not_free_is_not_locked_by_a_pair(self):
        free = "UPDATE student SET open_request_id = 0"
        self.assertEqual(self.failed(free, "INSERT INTO request_subject VALUES (2, 1, 2, NULL, 0)"), [])
        self.assertNotEqual(self.failed("INSERT INTO request_subject VALUES (2, 1, 2, NULL, 0)"), [])
        self.assertNotEqual(self.failed(free, "INSERT INTO request_subject VALUES (2, 1, 2, NULL, 1)"), [])

    def test_a_row_that_names_what_is_not_there(self):
        self.assertEqual(self.failed("INSERT INTO task (request_id, number, state) VALUES (9, 1, 'draft')"), ["the database is sound"])


@unittest.skipUnless(databases.server_address(), "XUEJI_DATABASE names no MariaDB server")
class TheAuditOfMariaDb(TheAudit):
    def made(self, statements):
        address = databases.create(databases.server_address())
        self.addCleanup(databases.drop, address)
        database = MariaDatabase(address)
        for statement in ["SET foreign_key_checks = 0", *statements]:
            database.rows(statement)
        return database


class TheAuditOfALongRun(unittest.TestCase):
    def steps(self, requests):
        """How many steps SQLite takes to audit so many requests."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "test.db")
            with sqlite3.connect(path) as connection:
                for statement in SOUND:
                    connection.execute(statement)
                for number in range(10, 10 + requests):
                    connection.execute("INSERT INTO request (id, student_id, state, outcome, last_hash) VALUES (?, 1, 'completed', 'completed', '')", [number])
                    for entry in range(8):
                        connection.execute("INSERT INTO history VALUES (?, ?, 1, 'approve', '', '', 500, '[]', '', '', 1, ?)",
                                           [number * 8 + entry, number, f"{number}-{entry}"])
            connection.close()
            database, taken = SqliteFile(path), []
            database.connection.set_progress_handler(lambda: taken.append(1), 100)
            audit(database, Ledger(), 0)
            database.close()
            return len(taken)

    def test_it_takes_as_much_longer_as_there_is_more(self):
        self.assertLess(self.steps(4000), 6 * self.steps(1000))


if __name__ == "__main__":
    unittest.main()
