import type { Problem } from './types';

/** Slugs of our own, for what never reached the server or came back unreadable. */
export type ProblemKind = 'unreachable' | 'unreadable' | string;

/** A call that was not answered with success. `kind` is the last part of the problem's type, such as `stale`. */
export class ApiProblem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly status: number,
    readonly problem: Partial<Problem> = {},
    /** Seconds after which the server asks to come back. */
    readonly retryAfter?: number,
  ) {
    super(problem.detail || problem.title || kind);
  }

  /** The server or the line fails now and may not in a moment. */
  get passing(): boolean {
    return this.kind === 'unreachable' || this.status === 429 || this.status >= 500;
  }
}

/** The problem of an answer that is not a success. */
export function problem_of(status: number, body: unknown, headers: Headers): ApiProblem {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>;
  const kind = problem.type?.split('/').pop() ?? 'unreadable';
  const retry = Number(headers.get('Retry-After'));
  return new ApiProblem(kind, status, problem, Number.isFinite(retry) && retry > 0 ? retry : undefined);
}

export function as_problem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  console.error(error);
  return new ApiProblem('unreadable', 0);
}
