import { describe, expect, it } from 'vitest';
import { may_look_elsewhere, offered_elsewhere, offered_here } from './offered_businesses';

const business = (key: string, places: string[], ...rules: string[]) => ({
  key,
  places: places.map((place) => ({
    key: place,
    title: place,
    field: place === 'named' ? 'new_school' : null,
  })),
  open: {
    now: true,
    explain: {
      action: 'open',
      allowed: rules.length === 0,
      reasons: rules.map((rule) => ({ rule, message: rule })),
      who: [],
    },
  },
});
const keys = (businesses: { key: string }[]) => businesses.map(({ key }) => key);
const both = ['receiving', 'sending'];

describe('the businesses that are offered', () => {
  it('about a pupil of another school are not those of the pupil’s own school', () => {
    const told = [
      business('name_change', [], 'jurisdiction'),
      business('transfer', both),
      business('suspended', both, 'guard'),
      business('held', both, 'jurisdiction', 'open-business'),
    ];
    expect(keys(offered_elsewhere(told))).toEqual(['transfer', 'suspended', 'held']);
  });

  it('about a pupil of the own school are not those between two schools', () => {
    const told = [
      business('name_change', []),
      business('resumption', [], 'guard'),
      business('transfer', both, 'guard'),
      business('held', both, 'open-business'),
      business('return', ['school'], 'guard'),
      business('named', ['sending', 'named'], 'guard'),
    ];
    expect(keys(offered_here(told))).toEqual(['name_change', 'resumption', 'held', 'return', 'named']);
  });

  it('are a reason to look for pupils of other schools where one is between two schools', () => {
    expect(may_look_elsewhere([business('name_change', []), business('transfer', both)])).toBe(true);
    expect(may_look_elsewhere([business('name_change', []), business('return', ['school'])])).toBe(false);
    expect(may_look_elsewhere([business('named', ['sending', 'named'])])).toBe(false);
    expect(may_look_elsewhere([])).toBe(false);
  });
});
