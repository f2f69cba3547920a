import type { Request } from '@/api/types';

/** A place where something can happen to a request: one, or in parallel branches one for each under way. */
export interface Token {
  state: { key: string; title: string };
  /** The branch's name. */
  branch?: string;
  holders: Request['holders'];
}

export function tokens_of(request: Pick<Request, 'state' | 'holders' | 'branches'>): Token[] {
  if (!request.branches?.length) return [{ state: request.state, holders: people(request.holders) }];
  return request.branches.flatMap(({ state, title }) =>
    state
      ? [{ state, branch: title, holders: people(request.holders).filter((holder) => holder.state === state.key) }]
      : [],
  );
}

const people = (holders: Request['holders']) => holders.filter((holder) => holder.role !== 'system');
