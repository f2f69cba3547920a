// The one WebSocket of a browser tab: it resumes by the id of the last event, so that nothing is missed over a cut line.

export interface LiveEvent {
  id: string;
  type: 'task.added' | 'task.changed' | 'task.removed' | 'request.changed' | 'notification.added' | 'resync';
  time: string;
  data: {
    task?: string;
    request?: string;
    workflow?: string;
    state?: string;
    office?: string;
    role?: string;
    version?: number;
    notification?: string;
  };
}

/** `off`: not started or stopped. `cut`: trying again by itself. */
export type LineState = 'off' | 'connecting' | 'live' | 'cut';

export interface LiveListener {
  event(event: LiveEvent): void;
  /** `resumed`: what was missed comes as events; otherwise what was fetched before may be old. */
  opened(resumed: boolean): void;
  state(state: LineState): void;
  session_ended(): void;
}

/** What differs in tests. */
export interface LineParts {
  open(url: string): WebSocket;
}

const wait_first_ms = 500;
const wait_max_ms = 15_000;
/** How often the server says that the line is alive; what is heard of nothing for so long is dead, though neither side was told. */
const heartbeat_seconds = 8;
const silence_ms_max = 20_000;
const code_session_ended = 1008;
const code_too_slow = 1013;

const browser_parts: LineParts = { open: (url) => new WebSocket(url) };

export class LiveConnection {
  private socket: WebSocket | null = null;
  private state: LineState = 'off';
  private last_id: string | null = null;
  private wait_ms = wait_first_ms;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setInterval> | undefined;
  private heard_at = 0;
  private readonly went_offline = () => this.drop();
  private readonly came_online = () => this.connect_now();

  constructor(
    private readonly url: string,
    private readonly listener: LiveListener,
    private readonly parts: LineParts = browser_parts,
  ) {}

  start(): void {
    if (this.state !== 'off') return;
    window.addEventListener('offline', this.went_offline);
    window.addEventListener('online', this.came_online);
    document.addEventListener('visibilitychange', this.came_online);
    this.watch = setInterval(() => this.look_whether_alive(), silence_ms_max / 10);
    this.connect();
  }

  stop(): void {
    window.removeEventListener('offline', this.went_offline);
    window.removeEventListener('online', this.came_online);
    document.removeEventListener('visibilitychange', this.came_online);
    clearInterval(this.watch);
    clearTimeout(this.retry);
    this.let_go();
    this.become('off');
    this.last_id = null;
  }

  /** At once instead of when the wait is over, such as after signing in again. */
  connect_now(): void {
    if (this.state !== 'cut' || document.visibilityState === 'hidden' || !navigator.onLine) return;
    this.wait_ms = wait_first_ms;
    this.connect();
  }

  private connect(): void {
    clearTimeout(this.retry);
    this.let_go();
    if (this.state === 'off') this.become('connecting');
    const socket = this.parts.open(this.url);
    this.socket = socket;
    socket.addEventListener('open', () => {
      if (socket !== this.socket) return;
      socket.send(JSON.stringify({ after: this.last_id, heartbeat: heartbeat_seconds }));
      this.heard_at = Date.now();
      this.wait_ms = wait_first_ms;
      this.become('live');
      this.listener.opened(this.last_id !== null);
    });
    socket.addEventListener('message', (message) => {
      if (socket !== this.socket) return;
      this.heard_at = Date.now();
      const event = JSON.parse(String(message.data)) as LiveEvent | { type: 'heartbeat' };
      if (event.type === 'heartbeat') return;
      this.last_id = event.id;
      this.listener.event(event);
    });
    socket.addEventListener('close', (closed) => socket === this.socket && this.closed(closed.code));
  }

  private closed(code: number): void {
    this.socket = null;
    this.become('cut');
    if (code === code_session_ended) return this.listener.session_ended();
    if (code === code_too_slow) return this.connect();
    this.try_later();
  }

  private try_later(): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), this.wait_ms * (0.75 + Math.random() / 2));
    this.wait_ms = Math.min(this.wait_ms * 2, wait_max_ms);
  }

  private drop(): void {
    this.let_go();
    if (this.state === 'off') return;
    this.become('cut');
    this.try_later();
  }

  /** A page in the background hears late: it looks once it is seen again. */
  private look_whether_alive(): void {
    if (this.state !== 'live' || document.visibilityState === 'hidden') return;
    if (Date.now() - this.heard_at >= silence_ms_max) this.drop();
  }

  private let_go(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private become(state: LineState): void {
    if (state === this.state) return;
    this.state = state;
    this.listener.state(state);
  }
}
