// The program as its users start it: in a folder of its own, on a port of its own, ended by its process id.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const root = resolve(import.meta.dirname, '../../..');

export function program(): string {
  const path = resolve(process.env.XUEJI_PROGRAM ?? `${root}/build/release/xueji`);
  if (!existsSync(path)) throw new Error(`no program at ${path}; run script/build, or set XUEJI_PROGRAM`);
  return path;
}

/** Below the ports that connections begin from, of which one could take it before the program listens. */
export async function free_port(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve_with) => {
      probe.once('error', () => resolve_with(false)).listen(port, '127.0.0.1', () => resolve_with(true));
    });
    probe.close();
    if (free) return port;
  }
}

/** Resolves once `condition` holds; fails naming what did not come. */
export async function until(condition: () => Promise<boolean>, what: string, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
    await pause(50);
  }
}

export class RunningProgram {
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor(
    words: string[],
    readonly log: string,
    environment: Record<string, string> = {},
  ) {
    const out = openSync(log, 'a');
    this.child = spawn(program(), words, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', out, out],
    });
    closeSync(out);
    this.ended = once(this.child, 'exit');
  }

  tail(): string {
    return readFileSync(this.log, 'utf8').slice(-4000);
  }

  /** Waits until this address answers 200. */
  async answers(url: string): Promise<void> {
    await until(async () => {
      if (this.child.exitCode !== null) throw new Error(`ended before it was ready:\n${this.tail()}`);
      return fetch(url).then(
        (response) => response.ok,
        () => false,
      );
    }, url);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    await this.ended;
  }
}
