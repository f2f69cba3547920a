import { ref } from 'vue';
import { answer, api, if_match, new_idempotency_key } from '@/api/client';
import { as_problem, type ApiProblem } from '@/api/problem';
import type { Request } from '@/api/types';

export interface Decision {
  action: string;
  comment: string;
  /** For a return the state, for a reassignment the user name. */
  to?: string;
  /** In a parallel state, which branch is meant. */
  task?: string | null;
}

export type Decided = { request: Request } | { problem: ApiProblem };

/** Acts on a request. The same decision on the same version keeps its key until it is answered, so that a retry over a bad line never acts twice. */
export function use_decide(id: string) {
  const busy = ref(false);
  let attempt = { deed: '', key: '' };

  async function decide(decision: Decision, version: number): Promise<Decided> {
    const { action, comment, to, task } = decision;
    const body = { ...(comment ? { comment } : {}), ...(to ? { to } : {}), ...(task ? { task } : {}) };
    const deed = JSON.stringify([action, version, body]);
    if (attempt.deed !== deed) attempt = { deed, key: new_idempotency_key() };
    const header = { 'Idempotency-Key': attempt.key, 'If-Match': if_match(version) };
    busy.value = true;
    try {
      const params = { path: { id, action }, header };
      const request = await answer(api.POST('/api/v1/requests/{id}/actions/{action}', { params, body }));
      attempt = { deed: '', key: '' };
      return { request };
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
