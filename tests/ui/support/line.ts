// The line between a browser and the server: a TCP proxy that can be cut for real, which the browser's own offline mode
// does not do to WebSockets that are open.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** `reset`: connections break, new ones too. `silent`: nothing arrives any more and nobody is told. */
export type Cut = 'reset' | 'silent';

interface Pair {
  near: Socket;
  far: Socket;
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
    for (const { near, far } of this.pairs) {
      if (how === 'reset') {
        near.resetAndDestroy();
        far.destroy();
      } else {
        near.unpipe(far).pause();
        far.unpipe(near).pause();
      }
    }
  }

  /** What was held back by a silent line arrives after all, as TCP has it. */
  restore(): void {
    this.cut_by = null;
    for (const { near, far } of this.pairs) {
      near.pipe(far);
      far.pipe(near);
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
    const pair = { near, far };
    this.pairs.add(pair);
    near.on('close', () => {
      this.pairs.delete(pair);
      far.destroy();
    });
    far.on('close', () => near.destroy());
    if (this.cut_by === 'silent') {
      near.pause();
      return;
    }
    near.pipe(far);
    far.pipe(near);
  }
}
