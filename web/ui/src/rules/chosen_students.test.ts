import { beforeEach, describe, expect, it } from 'vitest';
import { choose, chosen_students, forget_chosen, is_chosen } from './chosen_students';
import { student } from './form_fixtures';

const of = (...ids: string[]) => ids.map((id) => ({ ...student, id }));
const ids = () => chosen_students.value.map(({ id }) => id);

beforeEach(forget_chosen);

describe('the students who are chosen', () => {
  it('stand in the order in which they were chosen, each once', () => {
    expect(choose(of('2', '1'), true, 10)).toBe(true);
    choose(of('1', '3'), true, 10);
    expect(ids()).toEqual(['2', '1', '3']);
    choose(of('1'), false, 10);
    expect(ids()).toEqual(['2', '3']);
    expect([is_chosen('2'), is_chosen('1')]).toEqual([true, false]);
  });

  it('are no more than one request may be about', () => {
    expect(choose(of('1', '2', '3'), true, 2)).toBe(false);
    expect(ids()).toEqual(['1', '2']);
    expect(choose(of('1'), true, 2)).toBe(true);
  });

  it('are forgotten', () => {
    choose(of('1'), true, 10);
    forget_chosen();
    expect(ids()).toEqual([]);
  });
});
