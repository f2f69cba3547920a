"""The database that the server under test keeps, read with the same questions on SQLite and on MariaDB."""
import os
import sqlite3
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import databases  # noqa: E402


class SqliteFile:
    def __init__(self, path):
        self.connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def rows(self, sql, *values):
        return self.connection.execute(sql, values).fetchall()

    def unsound(self):
        for (verdict,) in self.rows("PRAGMA integrity_check(20)"):
            if verdict != "ok":
                yield verdict
        for fault in self.rows("PRAGMA foreign_key_check"):
            yield f"foreign key: {fault}"

    def close(self):
        self.connection.close()


class MariaDatabase:
    def __init__(self, address):
        self.connection = databases.connect(address, databases.name_in(address))

    def rows(self, sql, *values):
        return list(databases.ask(self.connection, sql, *values))

    def unsound(self):
        tables = [f"`{name}`" for (name,) in self.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")]
        for table, _, kind, verdict in self.rows(f"CHECK TABLE {', '.join(tables)} EXTENDED"):
            if kind not in ("status", "note") or verdict != "OK":
                yield f"{table}: {kind}: {verdict}"
        for table, column, to_table, to_column in self.rows(
                "SELECT table_name, column_name, referenced_table_name, referenced_column_name FROM information_schema.key_column_usage "
                "WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL"):
            ((orphans,),) = self.rows(f"SELECT COUNT(*) FROM `{table}` f LEFT JOIN `{to_table}` t ON t.`{to_column}` = f.`{column}` "
                                      f"WHERE f.`{column}` IS NOT NULL AND t.`{to_column}` IS NULL")
            if orphans:
                yield f"foreign key: {orphans} rows of {table} name by {column} what is not in {to_table}"

    def close(self):
        self.connection.close()
