import type { Student } from '@/api/types';

/** Every status that a record may be given, in the order in which lists offer them; `merged` comes by merging alone. */
export const statuses: readonly Student['status'][] = [
  'in_school',
  'suspended',
  'abroad',
  'left',
  'dropped_out',
  'withdrawn',
  'expelled',
  'missing',
  'graduated',
  'completed',
  'attended',
  'deceased',
];
