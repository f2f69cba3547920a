import { describe, expect, it } from 'vitest';
import { ActKey } from './act_key';

describe('the key of an act', () => {
  it('stays over retries, and is another for other content or once the act is done', () => {
    let made = 0;
    const key = new ActKey(() => `key ${++made}`);
    expect(key.for({ submit: true })).toBe('key 1');
    expect(key.for({ submit: true })).toBe('key 1');
    expect(key.for({ submit: false })).toBe('key 2');
    key.done();
    expect(key.for({ submit: false })).toBe('key 3');
  });
});
