// The fields of which each of several students has a value of their own, and what is filled in for each.
import type { Field, Subject } from '@/api/types';
import { sent_values, type FormValues } from './form_values';

/** What is filled in once for all. */
export const common_fields = (fields: readonly Field[]): Field[] => fields.filter(({ each }) => !each);
/** What is filled in for each student. */
export const each_fields = (fields: readonly Field[]): Field[] => fields.filter(({ each }) => each);

/** What is typed and not saved yet, by the ordinals of the students. */
export type TypedForEach = Readonly<Record<number, FormValues>>;

export const value_for = (subject: Subject, typed: TypedForEach, key: string): string =>
  typed[subject.ordinal]?.[key] ?? subject.fields?.[key] ?? '';

/** What is typed then: a student for whom all is as it was saved has nothing typed. */
export function typed_then(subject: Subject, typed: TypedForEach, key: string, value: string): TypedForEach {
  const values = { ...typed[subject.ordinal], [key]: value };
  const others = Object.fromEntries(Object.entries(typed).filter(([each]) => Number(each) !== subject.ordinal));
  const differs = Object.entries(values).some(([each, now]) => now !== (subject.fields?.[each] ?? ''));
  return differs ? { ...others, [subject.ordinal]: values } : others;
}

/** All that is filled in for those of whom something is typed. */
export function sent_for_each(
  subjects: readonly Subject[],
  typed: TypedForEach,
  fields: readonly Field[],
): { ordinal: number; fields: FormValues }[] {
  return subjects
    .filter(({ ordinal }) => ordinal in typed)
    .map(({ ordinal, fields: saved }) => ({ ordinal, fields: sent_values(fields, { ...saved, ...typed[ordinal] }) }));
}

/** Who takes part and has nothing there yet. */
export const still_empty = (subjects: readonly Subject[], typed: TypedForEach, key: string): Subject[] =>
  subjects.filter((subject) => !subject.setAside && value_for(subject, typed, key).trim() === '');

/** As people read a value: a choice by its title. */
export const shown_for = (
  subject: Subject,
  key: string,
  choices: readonly { key: string; title: string }[],
): string => {
  const value = subject.fields?.[key] ?? '';
  return choices.find((choice) => choice.key === value)?.title ?? value;
};
