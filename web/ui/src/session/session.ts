// Who is signed in. Nothing of it is kept in the browser's storage: the cookie is the session, and only the server reads it.
import { computed, readonly, ref, shallowRef } from 'vue';
import { answer, api } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import type { Account, Post, Role } from '@/api/types';

const account = shallowRef<Account | null>(null);
const ended = ref(false);

/** The account, once load_session() or sign_in() has found one; stays while a session has only ended. */
export const signed_in_account = readonly(account);
/** The session ended while somebody was at work: the page stays, and they are asked to sign in again. */
export const session_ended = readonly(ended);

export function end_session(): void {
  if (account.value) ended.value = true;
}

/** Whether a session is there; throws ApiProblem where the server can't be asked. */
export async function load_session(): Promise<boolean> {
  try {
    account.value = await answer(api.GET('/api/v1/me'));
    ended.value = false;
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return false;
    throw error;
  }
}

/** Throws ApiProblem; `unauthenticated` is a wrong name or password, `second-factor-required` asks for a code. */
export async function sign_in(username: string, password: string, code?: string): Promise<Account> {
  const body = { username, password, mode: 'cookie' as const, ...(code ? { code } : {}) };
  const signed_in = await answer(api.POST('/api/v1/session', { body }));
  account.value = signed_in;
  ended.value = false;
  return signed_in;
}

/** Throws ApiProblem, with `errors` at `/old` and `/new`. */
export async function change_password(old: string, chosen: string): Promise<void> {
  await answer(api.POST('/api/v1/me/password', { body: { old, new: chosen } }));
  if (account.value) account.value = { ...account.value, passwordChangeRequired: false };
}

export async function sign_out(): Promise<void> {
  try {
    await answer(api.DELETE('/api/v1/session'));
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error;
  } finally {
    account.value = null;
    ended.value = false;
  }
}

/** The posts of the account, for the navigation and for "you act as". */
export function use_posts() {
  const posts = computed<Post[]>(() => [...(account.value?.posts ?? [])] as Post[]);
  const roles = computed(() => new Set<Role>(posts.value.map((post) => post.role)));
  return {
    posts,
    roles,
    holds: (...wanted: Role[]) => wanted.some((role) => roles.value.has(role)),
    /** Decides requests: has a queue. */
    decides: computed(() => ['head', 'reviewer', 'approver'].some((role) => roles.value.has(role as Role))),
    at_school: computed(() => posts.value.some((post) => post.office.level === 'school')),
  };
}
