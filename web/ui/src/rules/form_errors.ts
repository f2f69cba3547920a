// Where the errors of an answer belong on a form: RFC 6901 pointers into what was sent.

export interface FormErrors {
  /** By the key of the field. */
  fields: Record<string, string>;
  /** In a row, by the pointer from the field on: `findings/0/note`. */
  cells: Record<string, string>;
  /** By the place in the list of students that was sent. */
  students: Record<number, string>;
  /** By the place in the list of evidence that was sent. */
  files: Record<number, string>;
  /** About evidence as a whole: something is missing, or there is too much. */
  evidence: string[];
  /** About the form as a whole, such as two fields of which one is needed. */
  form: string[];
}

export const no_errors = (): FormErrors => ({ fields: {}, cells: {}, students: {}, files: {}, evidence: [], form: [] });

const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

export function place_errors(errors: readonly { pointer: string; message: string }[]): FormErrors {
  const placed = no_errors();
  for (const { pointer, message } of errors) {
    const [, root, part, ...inner] = pointer.split('/').map(unescaped);
    if (root === 'fields' && part && inner.length) placed.cells[[part, ...inner].join('/')] ??= message;
    else if (root === 'fields' && part) placed.fields[part] ??= message;
    else if (root === 'subjects' && part && /^\d+$/.test(part)) placed.students[Number(part)] ??= message;
    else if (root === 'evidence' && part && /^\d+$/.test(part)) placed.files[Number(part)] ??= message;
    else if (root === 'evidence') placed.evidence.push(message);
    else placed.form.push(message);
  }
  return placed;
}

export const has_errors = ({ form, evidence, fields, cells, students, files }: FormErrors): boolean =>
  form.length + evidence.length > 0 ||
  [fields, cells, students, files].some((placed) => Object.keys(placed).length > 0);
