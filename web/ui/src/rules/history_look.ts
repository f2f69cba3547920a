// How the acts of a history look. Keys of actions are the author's own: what is unknown looks like any act.
import type { HistoryEntry } from '@/api/types';

export type ActLook = 'machine' | 'filed' | 'approved' | 'returned' | 'refused' | 'taken_back' | 'note' | 'act';

const looks: Record<string, ActLook> = {
  open: 'filed',
  submit: 'filed',
  edit: 'note',
  approve: 'approved',
  escalate: 'approved',
  return: 'returned',
  reject: 'refused',
  withdraw: 'taken_back',
  discard: 'taken_back',
  set_aside: 'taken_back',
  comment: 'note',
  claim: 'note',
  release: 'note',
  reassign: 'note',
};

export const by_machine = (entry: Pick<HistoryEntry, 'by'>): boolean => entry.by === 'system';

export const look_of_act = (entry: Pick<HistoryEntry, 'by' | 'action'>): ActLook =>
  by_machine(entry) ? 'machine' : (looks[entry.action] ?? 'act');
