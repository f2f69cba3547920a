// Live events made useful: they make remembered answers stale, and tell whoever listens.
import type { QueryClient } from '@tanstack/vue-query';
import { onScopeDispose, readonly, ref } from 'vue';
import { end_session, load_session } from '@/session/session';
import { LiveConnection, type LineState, type LiveEvent } from './live_connection';

const state = ref<LineState>('off');
/** When the line was cut; null while it is live. */
const cut_since = ref<number | null>(null);
export const line_state = readonly(state);
export const line_cut_since = readonly(cut_since);

const listeners = new Set<(event: LiveEvent) => void>();
/** Many events in a moment become one look at the server. */
const gather_ms = 150;

/** Calls `listener` for every event while the component lives. */
export function on_live_event(listener: (event: LiveEvent) => void): void {
  listeners.add(listener);
  onScopeDispose(() => listeners.delete(listener));
}

function families(event: LiveEvent): readonly (readonly unknown[])[] {
  switch (event.type) {
    case 'task.added':
    case 'task.changed':
    case 'task.removed':
      return [['tasks'], ['definitions']];
    case 'request.changed':
      return [
        ['request', event.data.request],
        ['requests'],
        ['student'],
        ['checks'],
        ['statistics'],
        ['tasks', 'undecidable'],
      ];
    case 'notification.added':
      return [['notifications']];
    case 'resync':
      return [[]];
  }
}

let connection: LiveConnection | null = null;

export function start_live(queries: QueryClient): void {
  if (connection) return connection.connect_now();
  const waiting = new Map<string, readonly unknown[]>();
  const refresh = () => {
    for (const key of waiting.values()) void queries.invalidateQueries({ queryKey: [...key] });
    waiting.clear();
  };
  connection = new LiveConnection(`${location.origin.replace(/^http/, 'ws')}/api/v1/events`, {
    event(event) {
      if (waiting.size === 0) setTimeout(refresh, gather_ms);
      for (const key of families(event)) waiting.set(JSON.stringify(key), key);
      for (const listener of listeners) listener(event);
    },
    opened(resumed) {
      if (!resumed) void queries.invalidateQueries();
    },
    state(now) {
      state.value = now;
      if (now === 'live' || now === 'off') cut_since.value = null;
      else if (now === 'cut') cut_since.value ??= Date.now();
    },
    // A session can also end because its rights changed: then it goes on with other rights.
    session_ended: () =>
      void load_session().then((there) => (there ? connection?.connect_now() : end_session()), end_session),
  });
  connection.start();
}

export function stop_live(): void {
  connection?.stop();
  connection = null;
}
