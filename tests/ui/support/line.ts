// The line between a browser and the server: a TCP proxy that can be cut for real, which the browser's own offline mode
// does not do to WebSockets that are open.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * `reset`: connections break, new ones too. `silent`: nothing arrives any more and nobody is told. `live events`: the same
 * for the WebSocket alone, while calls are answered.
 */
export type Cut = 'reset' | 'silent' | 'live events';

interface Pair {
  near: Socket;
  far: Socket;
  live_events: boolean;
  held: boolean;
}

function hold(pair: Pair): void {
  pair.held = true;
  pair.near.unpipe(pair.far).pause();
  pair.far.unpipe(pair.near).pause();
}

export class Line {
  private readonly pairs = new Set<Pair>();
  private cut_by: Cut | null = null;

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (near) => this.join(near));
  }

  static async to(target: number): Promise<Line> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Line(server, target);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  cut(how: Cut): void {
    this.cut_by = how;
    for (const pair of this.pairs) {
      if (how === 'reset') {
        pair.near.resetAndDestroy();
        pair.far.destroy();
      } else if (how === 'silent' || pair.live_events) hold(pair);
    }
  }

  /** What was held back by a silent line arrives after all, as TCP has it. */
  restore(): void {
    this.cut_by = null;
    for (const pair of this.pairs) {
      if (!pair.held) continue;
      pair.held = false;
      pair.near.pipe(pair.far);
      pair.far.pipe(pair.near);
    }
  }

  async close(): Promise<void> {
    for (const { near, far } of this.pairs) {
      near.destroy();
      far.destroy();
    }
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket): void {
    near.on('error', () => undefined);
    if (this.cut_by === 'reset') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.target, '127.0.0.1');
    far.on('error', () => undefined);
    const pair: Pair = { near, far, live_events: false, held: false };
    this.pairs.add(pair);
    near.on('close', () => {
      this.pairs.delete(pair);
      far.destroy();
    });
    far.on('close', () => near.destroy());
    if (this.cut_by === 'silent') {
      hold(pair);
      return;
    }
    near.once('data', (head: Buffer) => {
      pair.live_events = head.toString('latin1').startsWith('GET /api/v1/events');
      if (pair.live_events && this.cut_by === 'live events') hold(pair);
    });
    near.pipe(far);
    far.pipe(near);
  }
}
