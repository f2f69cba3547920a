import createClient from 'openapi-fetch';
import { nobody_is_there } from './background';
import { ApiProblem, problem_of } from './problem';
import type { paths } from './schema';

/** What the client asks of the rest of the application; set once by the composition root (main.ts). */
export interface ClientEnvironment {
  language(): string;
  /** The session has ended: an answer was 401 to somebody who had signed in. */
  session_ended(): void;
}

let environment: ClientEnvironment = { language: () => 'zh', session_ended: () => undefined };

export function set_client_environment(given: ClientEnvironment): void {
  environment = given;
}

/** Typed calls; give their result to `answer()`. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });

api.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', environment.language());
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

/** The data of a successful call. Throws ApiProblem otherwise; a 401 also ends the session, unless the call signs in. */
export async function answer<Data>(call: Promise<Called<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (response.ok) return data as Data;
  if (response.status === 401 && !response.url.endsWith('/api/v1/session')) environment.session_ended();
  throw problem_of(response.status, error, response.headers);
}

/** A key for one act: the same act tried again carries the same key, so that it never happens twice. */
export function new_idempotency_key(): string {
  return (
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join('-')
  );
}

export const if_match = (version: number): string => `"${version}"`;

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
    call.setRequestHeader('Accept-Language', environment.language());
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
      reject(problem_of(call.status, call.response, headers));
    });
    signal?.addEventListener('abort', () => call.abort());
    call.send(file);
  });
}
