import type { Student } from '@/api/types';

/** Every status, in the order in which lists offer them. */
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
