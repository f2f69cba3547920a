// What a request shows of its student: the record of today while it is open, what its end left once it has ended, and
// to an office whose part has ended, how it stood then.
import type { Request } from '@/api/types';

/** The message that says so. */
export function record_title({
  state,
  partEnded,
}: Pick<Request, 'state' | 'partEnded'>): 'request.record' | 'request.record_at_end' | 'request.record_then' {
  if (partEnded) return 'request.record_then';
  return state.kind === 'end' ? 'request.record_at_end' : 'request.record';
}
