// One's own acts that can still be undone. The server holds them, and does them in time whatever becomes of this page.
import { computed, readonly, ref, shallowReactive, shallowRef } from 'vue';
import { answer, api } from '@/api/client';
import { as_problem, type ApiProblem } from '@/api/problem';
import type { Request } from '@/api/types';
import { signed_in_account } from '@/session/session';

/** What was typed for an act, to be put back when it is undone. */
export interface Typed {
  view: string;
  comment: string;
  to?: string;
}

export interface OwnAct {
  request: string;
  version: number;
  action: string;
  name: string;
  business: string;
  /** By this page's own clock. */
  until: number;
  typed: Typed;
  /** The list that the reader came from, to go back to it. */
  from: string | null;
}

const tick_ms = 250;
const acts = shallowRef<readonly OwnAct[]>([]);
const now = ref(Date.now());
const put_back = shallowReactive(new Map<string, Typed>());
let timer: ReturnType<typeof setInterval> | undefined;

export const own_acts = readonly(acts);
export const seconds_left = (act: OwnAct): number => Math.max(0, Math.ceil((act.until - now.value) / 1000));
export const is_over = (act: OwnAct): boolean => now.value >= act.until;

export function hold(act: OwnAct): void {
  acts.value = [...acts.value.filter(({ request }) => request !== act.request), act];
  put_back.delete(act.request);
  now.value = Date.now();
  timer ??= setInterval(() => (now.value = Date.now()), tick_ms);
}

export function forget(request: string): void {
  acts.value = acts.value.filter((act) => act.request !== request);
  if (acts.value.length > 0) return;
  clearInterval(timer);
  timer = undefined;
}

/** Undoes what is pending on the request; a problem where the server said no, or can't be reached. */
export async function take_back(request: string): Promise<ApiProblem | null> {
  try {
    await answer(api.DELETE('/api/v1/requests/{id}/pending', { params: { path: { id: request } } }));
    const act = acts.value.find((each) => each.request === request);
    if (act) put_back.set(request, act.typed);
    forget(request);
    return null;
  } catch (error) {
    return as_problem(error);
  }
}

/** What is to be put back into the page of that request; taken once. */
export const typed_for = (request: string) => computed(() => put_back.get(request));
export const taken = (request: string): void => void put_back.delete(request);

export const is_own = (pending: Request['pending']): boolean =>
  pending !== null && pending.by === signed_in_account.value?.username;
