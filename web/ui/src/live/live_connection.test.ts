import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveConnection, type LiveEvent, type LineState } from './live_connection';

class FakeSocket extends EventTarget {
  sent: string[] = [];
  closed = false;
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
  }
  opens() {
    this.dispatchEvent(new Event('open'));
  }
  gives(event: Partial<LiveEvent> | { id: string; type: 'heartbeat' }) {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(event) }));
  }
  ends(code: number) {
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

const sockets: FakeSocket[] = [];
const states: LineState[] = [];
const events: string[] = [];
const opened: boolean[] = [];
let ended = 0;

function connection() {
  const made = new LiveConnection(
    'ws://test',
    {
      event: (event) => events.push(event.id),
      opened: (resumed) => opened.push(resumed),
      state: (state) => states.push(state),
      session_ended: () => ended++,
    },
    {
      open: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket as unknown as WebSocket;
      },
    },
  );
  made.start();
  return made;
}

const last = () => sockets.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('navigator', { onLine: true });
  for (const list of [sockets, states, events, opened]) list.length = 0;
  ended = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the live connection', () => {
  it('begins from now, and after a cut goes on behind the last event', () => {
    connection();
    last().opens();
    expect(last().sent).toEqual(['{"after":null,"heartbeat":8}']);
    last().gives({ id: '16' });
    last().gives({ id: '33' });
    last().ends(1006);
    expect(states.at(-1)).toBe('cut');
    vi.advanceTimersByTime(1_000);
    last().opens();
    expect(last().sent).toEqual(['{"after":"33","heartbeat":8}']);
    expect([events, opened, states]).toEqual([
      ['16', '33'],
      [false, true],
      ['connecting', 'live', 'cut', 'live'],
    ]);
  });

  it('waits longer after each failure, and not more than about 15 seconds', () => {
    connection();
    for (let times = 0; times < 12; times++) {
      last().ends(1006);
      vi.advanceTimersByTime(19_000);
      expect(sockets.length).toBe(times + 2);
    }
  });

  it('goes on at once where the server found it too slow', () => {
    connection();
    last().opens();
    last().ends(1013);
    expect(sockets.length).toBe(2);
  });

  it('does not try again by itself when the session has ended', () => {
    connection();
    last().opens();
    last().ends(1008);
    vi.advanceTimersByTime(60_000);
    expect([ended, sockets.length]).toEqual([1, 1]);
  });

  it('finds a line that died without a word, and goes on behind the last event', () => {
    connection();
    last().opens();
    last().gives({ id: '16' });
    vi.advanceTimersByTime(23_000);
    expect(states).toContain('cut');
    expect(sockets[0]!.closed).toBe(true);
    last().opens();
    expect(last().sent).toEqual(['{"after":"16","heartbeat":8}']);
  });

  it('leaves a line alone on which only the heart beats', () => {
    connection();
    last().opens();
    for (let times = 0; times < 20; times++) {
      vi.advanceTimersByTime(8_000);
      last().gives({ id: 'heartbeat', type: 'heartbeat' });
    }
    expect(states).toEqual(['connecting', 'live']);
    last().gives({ id: '16' });
    last().ends(1006);
    vi.advanceTimersByTime(1_000);
    last().opens();
    expect(last().sent).toEqual(['{"after":"16","heartbeat":8}']);
    expect(events).toEqual(['16']);
  });

  it('hears nothing more of a socket that it has let go', () => {
    const line = connection();
    last().opens();
    const old = last();
    line.stop();
    old.gives({ id: '1' });
    old.ends(1006);
    vi.advanceTimersByTime(60_000);
    expect([events, sockets.length, states.at(-1)]).toEqual([[], 1, 'off']);
  });
});
