"""Every rule of the audit finds the fault it is there for, and finds none in a sound database."""
import json
import os
import sqlite3
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from auditor import audit  # noqa: E402
from clerk import Ledger  # noqa: E402

SCHEMA = """
CREATE TABLE account (id INTEGER PRIMARY KEY, username TEXT);
CREATE TABLE student (id INTEGER PRIMARY KEY, name TEXT, id_number TEXT, sex TEXT, birth_date TEXT, open_request_id INTEGER);
CREATE TABLE request (id INTEGER PRIMARY KEY, student_id INTEGER, state TEXT, outcome TEXT, last_hash TEXT);
CREATE TABLE task (id INTEGER PRIMARY KEY, request_id INTEGER, state TEXT);
CREATE TABLE history (id INTEGER PRIMARY KEY, request_id INTEGER, account_id INTEGER, action TEXT, from_state TEXT, to_state TEXT,
  recorded_at INTEGER, changes TEXT, previous_hash TEXT, hash TEXT, key_account_id INTEGER, idempotency_key TEXT);
CREATE TABLE student_change (id INTEGER PRIMARY KEY, history_id INTEGER, student_id INTEGER, member TEXT, old_value TEXT, new_value TEXT);
INSERT INTO account VALUES (1, 'registrar');
INSERT INTO student VALUES (1, 'new', NULL, 'male', '2012-05-04', 0), (2, 'other', NULL, 'male', '2012-05-04', 2);
INSERT INTO request VALUES (1, 1, 'completed', 'completed', 'h2'), (2, 2, 'head_review', '', 'h4');
INSERT INTO task VALUES (16, 2, 'head_review');
INSERT INTO history VALUES (1, 1, 1, 'open', '', 'draft', 100, '[]', '', 'h1', 1, 'k1');
INSERT INTO history VALUES (3, 2, 1, 'open', '', 'draft', 200, '[]', '', 'h3', 1, 'k2');
INSERT INTO history VALUES (4, 2, 1, 'submit', 'draft', 'head_review', 200, '[]', 'h3', 'h4', NULL, NULL);
INSERT INTO student_change VALUES (1, 2, 1, 'name', 'old', 'new');
"""


class TheAudit(unittest.TestCase):
    def setUp(self):
        self.ledger = Ledger()
        for key, request in (("k1", 1), ("k2", 2)):
            self.ledger.sending("registrar", key)
            self.ledger.done("registrar", key, request, "open")

    def failed(self, *damage):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "test.db")
            database = sqlite3.connect(path)
            database.executescript(SCHEMA)
            database.execute("INSERT INTO history VALUES (2, 1, 0, 'checks', 'draft', 'completed', 110, ?, 'h1', 'h2', NULL, NULL)",
                             [json.dumps([["name", "old", "new"]])])
            for statement in damage:
                database.execute(statement)
            database.commit()
            database.close()
            return [name for name, faults in audit(path, self.ledger, 0).items() if faults]

    def test_a_sound_database_passes(self):
        self.assertEqual(self.failed(), [])

    def test_an_act_that_is_lost(self):
        self.assertIn("every acknowledged act exactly once", self.failed("UPDATE history SET idempotency_key = NULL WHERE id = 1"))

    def test_an_act_that_is_doubled(self):
        self.assertIn("every acknowledged act exactly once",
                      self.failed("INSERT INTO history SELECT 9, request_id, account_id, action, from_state, to_state, 300, changes, "
                                  "previous_hash, hash, key_account_id, idempotency_key FROM history WHERE id = 3"))

    def test_an_act_under_another_request(self):
        self.ledger.done("registrar", "k2", 1, "open")
        self.assertIn("every acknowledged act exactly once", self.failed())

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

    def test_a_registry_that_says_something_else(self):
        self.assertIn("registry changes and requests agree", self.failed("UPDATE student SET name = 'old' WHERE id = 1"))

    def test_an_open_request_without_task(self):
        self.assertIn("no open request without task, or the reverse", self.failed("DELETE FROM task"))

    def test_a_task_of_an_ended_request(self):
        self.assertIn("no open request without task, or the reverse", self.failed("INSERT INTO task VALUES (8, 1, 'completed')"))

    def test_a_student_who_stays_locked(self):
        self.assertIn("no open request without task, or the reverse", self.failed("UPDATE student SET open_request_id = 1 WHERE id = 1"))

    def test_a_student_who_is_not_locked(self):
        self.assertIn("no open request without task, or the reverse", self.failed("UPDATE student SET open_request_id = 0"))


if __name__ == "__main__":
    unittest.main()
