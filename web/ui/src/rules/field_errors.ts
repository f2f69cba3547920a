// The faults of a form, each at the field that the server points at.
import type { ApiProblem } from '@/api/problem';

export interface FieldErrors {
  /** The message at a JSON pointer, such as `/posts/0/until`; empty for a sound field. */
  at(pointer: string): string;
  /** Those at pointers that the form shows nowhere. */
  elsewhere(shown: readonly string[]): string[];
}

export function field_errors(problem: ApiProblem | null): FieldErrors {
  const errors = problem?.problem.errors ?? [];
  return {
    at: (pointer) =>
      errors
        .filter((error) => error.pointer === pointer)
        .map((error) => error.message)
        .join(' '),
    elsewhere: (shown) => errors.filter((error) => !shown.includes(error.pointer)).map((error) => error.message),
  };
}
