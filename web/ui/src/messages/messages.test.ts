import { describe, expect, it } from 'vitest';
import { messages as en } from './en';
import { messages as zh } from './zh';

type Tree = { [key: string]: string | Tree };

const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`),
  );
const placeholders = (message: string) => [...new Set(message.match(/\{\w+\}/g) ?? [])].sort();

const chinese = new Map(flat(zh as Tree));
const english = new Map(flat(en as Tree));

describe('the messages', () => {
  it('have the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('are never empty', () => {
    const empty = [...chinese, ...english].filter(([, message]) => message.trim() === '').map(([key]) => key);
    expect(empty).toEqual([]);
  });

  it('name the same values in both languages', () => {
    const apart = [...chinese].filter(
      ([key, message]) =>
        JSON.stringify(placeholders(message)) !== JSON.stringify(placeholders(english.get(key) ?? '')),
    );
    expect(apart.map(([key]) => key)).toEqual([]);
  });

  it('in English hold no Chinese but the name of the other language', () => {
    const chinese_in_english = [...english].filter(
      ([key, message]) => /\p{Script=Han}/u.test(message) && key !== 'frame.other_language',
    );
    expect(chinese_in_english.map(([key]) => key)).toEqual([]);
  });
});
