// Made once a run; every worker copies it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, root } from './program.ts';

export default function make_demo_data(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'xueji-ui-'));
  execFileSync(program(), ['demo-data', '--data', folder], { cwd: root });
  process.env.XUEJI_TESTS_DEMO_DATA = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
