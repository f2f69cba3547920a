// What a request shows of its student: the record of today while it is open, and what its last act left once it has ended.
import type { Request } from '@/api/types';

/** The message that says so. */
export const record_title = (kind: Request['state']['kind']): 'request.record' | 'request.record_at_end' =>
  kind === 'end' ? 'request.record_at_end' : 'request.record';
