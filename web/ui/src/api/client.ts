import createClient from 'openapi-fetch';
import { nobody_is_there } from './background';
import { ApiProblem, problem_of } from './problem';
import type { paths } from './schema';

/** What the client asks of the rest of the application; set once by the composition root (main.ts). */
export interface ClientEnvironment {
  language(): string;
  /** The user name that the page shows: what it changes is meant as theirs, and refused as anybody else's. */
  acting_as(): string | undefined;
  /** The session has ended: an answer was 401 to somebody who had signed in. */
  session_ended(): void;
  /** The session is another account's than the page's; nothing was done. */
  other_account(): void;
}

let environment: ClientEnvironment = {
  language: () => 'zh',
  acting_as: () => undefined,
  session_ended: () => undefined,
  other_account: () => undefined,
};

export function set_client_environment(given: ClientEnvironment): void {
  environment = given;
}

function own_headers(method: string): [string, string][] {
  const username = method === 'GET' ? undefined : environment.acting_as();
  return [
    ['Accept-Language', environment.language()],
    ...(username ? ([['X-Acting-As', username]] as [string, string][]) : []),
  ];
}

/** Typed calls; give their result to `answer()`. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });

api.use({
  onRequest({ request }) {
    for (const [name, value] of own_headers(request.method)) request.headers.set(name, value);
    if (nobody_is_there()) request.headers.set('X-Background', '1');
  },
  onError() {
    return new ApiProblem('unreachable', 0);
  },
});

interface Called<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

function heard(problem: ApiProblem): ApiProblem {
  if (problem.kind === 'other-account') environment.other_account();
  return problem;
}

/** The data of a successful call. Throws ApiProblem otherwise; a 401 also ends the session, unless the call signs in. */
export async function answer<Data>(call: Promise<Called<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (response.ok) return data as Data;
  if (response.status === 401 && !response.url.endsWith('/api/v1/session')) environment.session_ended();
  throw heard(problem_of(response.status, error, response.headers));
}

/** A key for one act: the same act tried again carries the same key, so that it never happens twice. */
export function new_idempotency_key(): string {
  return (
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join('-')
  );
}

export const if_match = (version: number): string => `"${version}"`;

/** Bytes that are no JSON; by POST where there is a body. Throws ApiProblem, as answer() does. */
export async function fetch_bytes(
  path: string,
  signal?: AbortSignal,
  body?: object,
): Promise<{ bytes: Blob; headers: Headers }> {
  const method = body ? 'POST' : 'GET';
  const headers = [
    ...own_headers(method),
    ...(body ? ([['Content-Type', 'application/json']] as [string, string][]) : []),
  ];
  const asked = { method, credentials: 'same-origin', headers, signal, body: body && JSON.stringify(body) } as const;
  const response = await fetch(path, asked).catch(() => {
    throw new ApiProblem('unreachable', 0);
  });
  if (response.ok) return { bytes: await response.blob(), headers: response.headers };
  if (response.status === 401) environment.session_ended();
  throw heard(problem_of(response.status, await response.json().catch(() => null), response.headers));
}

/** Uploads a scan with progress between 0 and 1, which fetch can't tell. Throws ApiProblem. */
export function upload<Data>(
  path: string,
  file: Blob,
  progress: (share: number) => void,
  signal?: AbortSignal,
): Promise<Data> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', path);
    for (const [name, value] of own_headers('POST')) call.setRequestHeader(name, value);
    if (file.type) call.setRequestHeader('Content-Type', file.type);
    call.responseType = 'json';
    call.upload.addEventListener('progress', (event) => event.lengthComputable && progress(event.loaded / event.total));
    call.addEventListener('error', () => reject(new ApiProblem('unreachable', 0)));
    call.addEventListener('abort', () => reject(new ApiProblem('aborted', 0)));
    call.addEventListener('load', () => {
      if (call.status === 200 || call.status === 201) return resolve(call.response as Data);
      if (call.status === 401) environment.session_ended();
      const headers = new Headers();
      const retry = call.getResponseHeader('Retry-After');
      if (retry) headers.set('Retry-After', retry);
      reject(heard(problem_of(call.status, call.response, headers)));
    });
    signal?.addEventListener('abort', () => call.abort());
    call.send(file);
  });
}
