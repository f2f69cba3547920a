// What the registry's history says in keys, to be said in words: sex, status, grade, and what became of a number.

export interface RegistryValue {
  /** The student number that it is about. */
  number?: string;
  /** A key of the messages. */
  word: string;
}

const number_state = /^([GLJ]\d{17}[\dX]) (current|former|retired)$/;

/** Undefined for what is already a text, such as a name. */
export function registry_value(field: string | undefined, value: string): RegistryValue | undefined {
  if (value === '') return undefined;
  if (field === 'sex' || field === 'status') return { word: `${field}.${value}` };
  if (field === 'grade' && /^([1-9]|1[0-2])$/.test(value)) return { word: `grade.${value}` };
  const [, number, state] = (field === 'number.state' && number_state.exec(value)) || [];
  return number ? { number, word: `number_state.${state}` } : undefined;
}
