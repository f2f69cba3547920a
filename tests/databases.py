"""Databases of the tests' own on the MariaDB server that XUEJI_DATABASE names; without it, or with sqlite:, none.

    databases.py create ADDRESS [TEMPLATE]    prints the address of a new database, with all that TEMPLATE holds
    databases.py drop ADDRESS
"""
import os
import secrets
import sys
from urllib.parse import unquote, urlsplit


def server_address():
    """The address that tests make theirs from; empty on SQLite."""
    address = os.environ.get("XUEJI_DATABASE", "")
    return "" if address.startswith("sqlite:") else address


def name_in(address):
    return urlsplit(address).path.lstrip("/")


def connect(address, database=None):
    import pymysql  # where the tests run on SQLite, it need not be there
    parts = urlsplit(address)
    return pymysql.connect(host=parts.hostname, port=parts.port or 3306, user=unquote(parts.username or ""),
                           password=unquote(parts.password or ""), database=database, charset="utf8mb4", autocommit=True)


def ask(connection, sql, *values):
    """Rows of a question whose parameters are written as `?`."""
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("?", "%s") if values else sql, values or None)
        return cursor.fetchall()


def create(address, template=None):
    """A new database beside the one that the address names; returns its address."""
    made = f"{address}_{secrets.token_hex(6)}"
    connection = connect(address)
    try:
        ask(connection, f"CREATE DATABASE `{name_in(made)}`")
        if template:
            copy(connection, name_in(template), name_in(made))
    finally:
        connection.close()
    return made


def copy(connection, source, target):
    ask(connection, f"USE `{target}`")
    ask(connection, "SET SESSION foreign_key_checks = 0, unique_checks = 0")
    tables = [name for (name,) in ask(connection, "SELECT table_name FROM information_schema.tables WHERE table_schema = ?", source)]
    for table in tables:
        ((_, definition),) = ask(connection, f"SHOW CREATE TABLE `{source}`.`{table}`")
        ask(connection, definition)
        ask(connection, f"INSERT INTO `{table}` SELECT * FROM `{source}`.`{table}`")


def drop(address):
    connection = connect(address)
    try:
        ask(connection, f"DROP DATABASE IF EXISTS `{name_in(address)}`")
    finally:
        connection.close()


def main(words):
    if len(words) in (2, 3) and words[0] == "create":
        print(create(*words[1:]))
    elif len(words) == 2 and words[0] == "drop":
        drop(words[1])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
