// What the one search box of students was given.
import { characters } from './code_points';
import { id_number_length, tidy_id_number } from './id_number';
import { student_number_length } from './student_number';

export type SearchTerms =
  | { kind: 'none' }
  | { kind: 'number'; number: string }
  | { kind: 'id_number'; id_number: string }
  | { kind: 'name'; name: string }
  /** The beginning of a number finds nobody: numbers are searched whole. */
  | { kind: 'incomplete'; of: 'number' | 'id_number'; typed: number; needed: number };

export function search_terms(text: string): SearchTerms {
  const name = text.trim();
  if (name === '') return { kind: 'none' };
  const number = tidy_id_number(name);
  if (/^[GLJ]\d[\dX]*$/.test(number)) {
    if (number.length === student_number_length) return { kind: 'number', number };
    return { kind: 'incomplete', of: 'number', typed: number.length, needed: student_number_length };
  }
  if (/^\d[\dX]*$/.test(number)) {
    if (number.length === id_number_length) return { kind: 'id_number', id_number: number };
    return { kind: 'incomplete', of: 'id_number', typed: characters(number).length, needed: id_number_length };
  }
  return { kind: 'name', name };
}
