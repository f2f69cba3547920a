// Databases of the tests' own on the MariaDB server that XUEJI_DATABASE names; on SQLite they lie in the data folder.
import { execFileSync } from 'node:child_process';
import { root } from './program.ts';

const server = process.env.XUEJI_DATABASE ?? '';

function databases(...words: string[]): string {
  return execFileSync('/usr/bin/python3', [`${root}/tests/databases.py`, ...words], { encoding: 'utf8' }).trim();
}

/** The address of a new database, with all that `template` holds; empty on SQLite. */
export function create_database(template?: string): string {
  if (!server || server.startsWith('sqlite:')) return '';
  return databases('create', server, ...(template ? [template] : []));
}

export function drop_database(address: string): void {
  if (address) databases('drop', address);
}
