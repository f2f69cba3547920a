import { ref } from 'vue';
import { answer, api, if_match, new_idempotency_key } from '@/api/client';
import { as_problem, type ApiProblem } from '@/api/problem';
import type { Request } from '@/api/types';
import { signed_in_account } from '@/session/session';

export interface Decision {
  action: string;
  comment: string;
  /** For a return the state, for a reassignment the user name. */
  to?: string;
  /** In a parallel state, which branch is meant. */
  task?: string | null;
  /** What it is called. */
  title: string;
  /** It is pending for some seconds, in which it can be undone. */
  undoable: boolean;
}

/** Done, or pending: then until when it can be undone, by this page's own clock. */
export type Decided = { request: Request; undo_until?: number } | { problem: ApiProblem };

/** Both instants are the server's: whatever this machine's clock says, so much is left. */
function time_left(until: string, response: Response): number {
  const now = Date.parse(response.headers.get('Date') ?? '');
  return Date.parse(until) - (Number.isNaN(now) ? Date.now() : now + 500);
}

/** Acts on a request. The same decision on the same version keeps its key until it is answered, so that a retry over a bad line never acts twice. */
export function use_decide(id: string) {
  const busy = ref(false);
  let attempt = { deed: '', key: '' };

  async function decide(decision: Decision, request: Request): Promise<Decided> {
    const { action, comment, to, task, undoable } = decision;
    const { version } = request;
    const body = {
      ...(comment ? { comment } : {}),
      ...(to ? { to } : {}),
      ...(task ? { task } : {}),
      ...(undoable ? { undoable } : {}),
    };
    const deed = JSON.stringify([action, version, body]);
    if (attempt.deed !== deed) attempt = { deed, key: new_idempotency_key() };
    const header = { 'Idempotency-Key': attempt.key, 'If-Match': if_match(version) };
    busy.value = true;
    try {
      const params = { path: { id, action }, header };
      const called = await api.POST('/api/v1/requests/{id}/actions/{action}', { params, body });
      const done = await answer(Promise.resolve(called));
      attempt = { deed: '', key: '' };
      if (!('undoUntil' in done)) return { request: done };
      const by = signed_in_account.value;
      const pending = {
        action,
        actionTitle: decision.title,
        by: by?.username ?? '',
        byName: by?.name ?? '',
        undoUntil: done.undoUntil,
      };
      return {
        request: { ...request, pending },
        undo_until: Date.now() + time_left(done.undoUntil, called.response),
      };
    } catch (error) {
      const problem = as_problem(error);
      if (!problem.passing && problem.status !== 401) attempt = { deed: '', key: '' };
      return { problem };
    } finally {
      busy.value = false;
    }
  }
  return { busy, decide };
}
