import { expect, test } from 'vitest';
import { foreign_evidence } from './foreign_evidence';

test('only files of a kind that is not taken any more are foreign', () => {
  const files = [{ kind: 'household_register' }, { kind: 'other_certificate' }];
  expect(foreign_evidence(files, [{ kind: 'household_register' }])).toEqual([{ kind: 'other_certificate' }]);
  expect(foreign_evidence(files, [{ kind: 'household_register' }, { kind: 'other_certificate' }])).toEqual([]);
});
