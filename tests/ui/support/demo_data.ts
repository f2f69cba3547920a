// Made once a run; every worker copies it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create_database, drop_database } from './database.ts';
import { program, root } from './program.ts';

/** The shipped calendar, its windows open all year: so a transfer can be tried in the pause of the summer too. */
function always_open(): string {
  const shipped = readFileSync(join(root, 'config/calendar.yaml'), 'utf8');
  return shipped.replaceAll(/open: \[.*\]/g, 'open: [{from: 01-01, until: 07-01}, {from: 07-01, until: 01-01}]');
}

export default function make_demo_data(): () => void {
  const made = mkdtempSync(join(tmpdir(), 'xueji-ui-'));
  const folder = join(made, 'data');
  // Every program that is started from here on reads it.
  process.env.XUEJI_WORKFLOWS_CALENDAR = join(made, 'calendar.yaml');
  writeFileSync(process.env.XUEJI_WORKFLOWS_CALENDAR, always_open());
  const database = create_database();
  execFileSync(program(), ['demo-data', '--data', folder], {
    cwd: root,
    env: { ...process.env, XUEJI_DATABASE: database },
  });
  process.env.XUEJI_TESTS_DEMO_DATA = folder;
  process.env.XUEJI_TESTS_DEMO_DATABASE = database;
  return () => {
    drop_database(database);
    rmSync(made, { recursive: true, force: true });
  };
}
