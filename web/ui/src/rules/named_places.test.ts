import { describe, expect, it } from 'vitest';
import { named_places } from './named_places';

const office = (id: string, name: string) => ({
  id,
  name,
  level: 'school' as const,
  supervisor: null,
  stages: [],
  system: '6-3' as const,
});
const words = [
  { key: 'receiving', title: '转入学校', field: null },
  { key: 'sending', title: '转出学校', field: null },
];

describe('the places of a request', () => {
  it('stand in the order of the business, by its words', () => {
    const offices = { sending: office('21', '西城区第一小学'), receiving: office('18', '东城区第一小学') };
    expect(named_places(offices, words)).toEqual([
      { key: 'receiving', title: '转入学校', office: '东城区第一小学' },
      { key: 'sending', title: '转出学校', office: '西城区第一小学' },
    ]);
  });

  it('are none where the business names none, or is not there yet', () => {
    expect(named_places({}, [])).toEqual([]);
    expect(named_places({ sending: office('21', '西城区第一小学') }, undefined)).toEqual([]);
  });
});
