// The tabs of one browser share its session: who signs in or out in one of them is told to the others.
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('xueji-session');

/** The user name of who has just signed in here; null for signing out. */
export function tell_tabs(username: string | null): void {
  channel?.postMessage(username);
}

/** Calls back with what another tab tells. */
export function hear_tabs(heard: (username: string | null) => void): void {
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === null || typeof data === 'string') heard(data);
  });
}
