// The offices that take part in a request, in the order and by the words of its business.
import type { Request, Workflow } from '@/api/types';

export interface NamedPlace {
  key: string;
  title: string;
  office: string;
}

export const named_places = (offices: Request['places'], words: Workflow['places'] | undefined): NamedPlace[] =>
  (words ?? []).flatMap(({ key, title }) => {
    const office = offices[key]?.name;
    return office === undefined ? [] : [{ key, title, office }];
  });
