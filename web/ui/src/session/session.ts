// Who is signed in. Nothing of it is kept in the browser's storage: the cookie is the session, and only the server reads it.
import { computed, readonly, ref, shallowRef } from 'vue';
import { answer, api } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import type { Account, Post, Role } from '@/api/types';
import { forget_chosen } from '@/rules/chosen_students';
import { forget_words } from '@/rules/search_words';
import { hear_tabs, tell_tabs } from './tabs';

const account = shallowRef<Account | null>(null);
const ended = ref(false);
const other = ref<string | null>(null);

/** The account, once load_session() or sign_in() has found one; stays while a session has only ended. */
export const signed_in_account = readonly(account);
/** The session ended while somebody was at work: the page stays, and they are asked to sign in again. */
export const session_ended = readonly(ended);
/** Who signed in in this browser while this page was somebody else's: nothing may be done from it until that is settled. */
export const other_account = readonly(other);

export function end_session(): void {
  if (account.value) ended.value = true;
}

/** The server said that the session is another account's than the page's. */
export async function meet_other_account(): Promise<void> {
  await load_session().then((there) => there || other.value || end_session(), end_session);
}

function is_settled(): void {
  ended.value = false;
  other.value = null;
}

hear_tabs((username) => {
  if (!account.value) return;
  if (username === account.value.username) is_settled();
  else if (username === null) end_session();
  else other.value = username;
});

/** Whether a session of the page's account is there, or of anybody where the page is nobody's yet; throws ApiProblem where the server can't be asked. */
export async function load_session(): Promise<boolean> {
  try {
    const found = await answer(api.GET('/api/v1/me'));
    if (account.value && account.value.username !== found.username) {
      other.value = found.username;
      return false;
    }
    account.value = found;
    is_settled();
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
  is_settled();
  tell_tabs(signed_in.username);
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
    if (!(error instanceof ApiProblem && (error.status === 401 || error.kind === 'other-account'))) throw error;
  } finally {
    if (!other.value) tell_tabs(null);
    account.value = null;
    forget_words();
    forget_chosen();
    is_settled();
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
