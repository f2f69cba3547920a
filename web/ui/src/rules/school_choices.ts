// The schools that a form can choose from: those found, and the one that is chosen already.
import type { NamedSchool } from '@/api/types';

export interface SchoolChoice {
  id: string;
  label: string;
  /** What tells schools of one name apart. */
  detail: string;
}

const choice_of = ({ id, name, code, authority }: NamedSchool): SchoolChoice => ({
  id,
  label: name,
  detail: [authority, code].filter(Boolean).join(' · '),
});

export const school_choices = (
  found: readonly NamedSchool[],
  chosen: string,
  chosen_school: NamedSchool | undefined,
): SchoolChoice[] => {
  const is_missing = chosen_school?.id === chosen && !found.some(({ id }) => id === chosen);
  return (is_missing ? [chosen_school, ...found] : [...found]).map(choice_of);
};
