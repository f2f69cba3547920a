import { expect, test } from 'vitest';
import { record_title } from './record_title';

test('the record is of today until the request has ended', () => {
  for (const kind of ['draft', 'approval', 'check', 'wait', 'parallel'] as const)
    expect(record_title(kind), kind).toBe('request.record');
  expect(record_title('end')).toBe('request.record_at_end');
});
