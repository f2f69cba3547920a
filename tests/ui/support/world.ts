// A server with its demo data and its national side, one for each worker, and what its tests share out among themselves.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient, g_deletion, name_change, type Example, type Page, type Student } from './api.ts';
import { create_database, drop_database } from './database.ts';
import { free_port, program, RunningProgram } from './program.ts';

/** More than the tests of one worker take. The demo data names nearly every student of the first school in one. */
const examples_of_a_kind = 40;

function some_of_each_kind(examples: Example[]): Example[] {
  const count = new Map<string, number>();
  return examples.filter((each) => {
    // What the system has opened names no student and no fields.
    if (!each.fields) return false;
    const kind = [each.workflow, each.outcome, ...Object.keys(each.fields)].join();
    const before = count.get(kind) ?? 0;
    count.set(kind, before + 1);
    return before < examples_of_a_kind;
  });
}

export class World {
  private readonly clients = new Map<string, ApiClient>();

  private constructor(
    private readonly folder: string,
    private readonly database: string,
    private readonly server: RunningProgram,
    private readonly simulator: RunningProgram,
    readonly port: number,
    private readonly examples: Example[],
  ) {}

  /** `undo_seconds`: how long decisions can be undone. */
  static async start(undo_seconds = 1): Promise<World> {
    const demo_data = process.env.XUEJI_TESTS_DEMO_DATA;
    if (!demo_data) throw new Error('support/demo_data.ts did not run');
    const folder = mkdtempSync(join(tmpdir(), 'xueji-ui-'));
    const data = join(folder, 'data');
    cpSync(demo_data, data, { recursive: true });
    const database = create_database(process.env.XUEJI_TESTS_DEMO_DATABASE);
    const [port, national] = [await free_port(), await free_port()];
    const simulator = new RunningProgram(
      ['national-simulator', '--port', String(national), '--population', join(data, 'population.tsv')],
      join(folder, 'simulator.log'),
    );
    const server = new RunningProgram(
      ['serve', '--demo', '--port', String(port), '--data', data, '--national', `http://127.0.0.1:${national}`],
      join(folder, 'server.log'),
      {
        XUEJI_DATABASE: database,
        // Each test signs in anew.
        XUEJI_ACCOUNTS_SIGN_IN_PER_MINUTE: '1000',
        XUEJI_PIPELINE_UNDO_SECONDS: String(undo_seconds),
        ...(process.env.XUEJI_UI ? { XUEJI_UI_DIRECTORY: process.env.XUEJI_UI } : {}),
      },
    );
    await server.answers(`http://127.0.0.1:${port}/readyz`);
    const demo = (await (await fetch(`http://127.0.0.1:${port}/demo`)).json()) as { examples: Example[] };
    return new World(folder, database, server, simulator, port, some_of_each_kind(demo.examples));
  }

  /** Calls as this account, beside any browser. */
  as(username: string): ApiClient {
    let client = this.clients.get(username);
    if (!client) this.clients.set(username, (client = new ApiClient(`http://127.0.0.1:${this.port}`, username)));
    return client;
  }

  /** A change of name that the checks will find clear, of a student whom no other test uses. */
  name_change(): Example {
    return this.take((each) => each.workflow === name_change && each.outcome === 'clear' && 'new_name' in each.fields);
  }

  id_number_change(): Example {
    return this.take(
      (each) => each.workflow === name_change && each.outcome === 'clear' && 'new_id_number' in each.fields,
    );
  }

  /** A change that the checks will find suspect. */
  suspect(): Example {
    return this.take((each) => each.workflow === name_change && each.outcome === 'suspect');
  }

  deletion(): Example {
    return this.take((each) => each.workflow === g_deletion);
  }

  /**
   * The students of this registrar's school, with that status, who have nothing open and whom no example names: what a
   * test does with them takes no example from another test.
   */
  async free_students(registrar: string, status = 'in_school'): Promise<Student[]> {
    const { items } = await this.as(registrar).get<Page<Student>>(`/api/v1/students?status=${status}&limit=200`);
    return items.filter((each) => !each.openRequest && !this.examples.some(({ student }) => student === each.id));
  }

  /** Brings a new version of a definition to the server, as its operator does. */
  deploy(definition: string): void {
    const file = join(this.folder, 'deployed.yaml');
    writeFileSync(file, definition);
    execFileSync(program(), ['deploy', file, '--data', join(this.folder, 'data')], {
      env: { ...process.env, XUEJI_DATABASE: this.database },
    });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.simulator.stop();
    drop_database(this.database);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private take(wanted: (each: Example) => boolean): Example {
    const place = this.examples.findIndex(wanted);
    if (place < 0) throw new Error('no such example is left in the demo data');
    return this.examples.splice(place, 1)[0]!;
  }
}
