// Made once a run; every worker copies it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create_database, drop_database } from './database.ts';
import { program, root } from './program.ts';

export default function make_demo_data(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'xueji-ui-'));
  const database = create_database();
  execFileSync(program(), ['demo-data', '--data', folder], {
    cwd: root,
    env: { ...process.env, XUEJI_DATABASE: database },
  });
  process.env.XUEJI_TESTS_DEMO_DATA = folder;
  process.env.XUEJI_TESTS_DEMO_DATABASE = database;
  return () => {
    drop_database(database);
    rmSync(folder, { recursive: true, force: true });
  };
}
