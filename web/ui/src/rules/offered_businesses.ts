// Which businesses are worth showing: of those that can never be begun for a student, why is no news.
import type { Workflow } from '@/api/types';

type Offered = Pick<Workflow, 'open' | 'places'>;

const refused_by_all = ({ open }: Offered, rule: string): boolean =>
  open.explain?.allowed === false && open.explain.reasons.every((reason) => reason.rule === rule);

/** About a pupil of another school: not what only the pupil's own school begins. */
export const offered_elsewhere = <Each extends Offered>(businesses: readonly Each[]): Each[] =>
  businesses.filter((each) => !refused_by_all(each, 'jurisdiction'));

/** About a pupil of the own school: not what is between two places, both of which are this school. */
export const offered_here = <Each extends Offered>(businesses: readonly Each[]): Each[] =>
  businesses.filter(
    ({ open, places }) =>
      places.length < 2 ||
      open.explain?.allowed !== false ||
      !open.explain.reasons.some(({ rule }) => rule === 'guard'),
  );
