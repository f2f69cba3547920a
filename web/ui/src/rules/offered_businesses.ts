// Which businesses are worth showing: of those that can never be begun for a student, why is no news.
import type { Workflow } from '@/api/types';

type Offered = Pick<Workflow, 'open' | 'places'>;

const refused_by_all = ({ open }: Offered, rule: string): boolean =>
  open.explain?.allowed === false && open.explain.reasons.every((reason) => reason.rule === rule);

/** About a pupil of another school: not what only the pupil's own school begins. */
export const offered_elsewhere = <Each extends Offered>(businesses: readonly Each[]): Each[] =>
  businesses.filter((each) => !refused_by_all(each, 'jurisdiction'));

/** What another school opens about the pupil; where the form names a school, the pupil's own opens it. */
const is_between_schools = ({ places }: Pick<Workflow, 'places'>): boolean =>
  places.length >= 2 && places.every(({ field }) => field === null);

/** Whether there is a reason to look for pupils of other schools: one of the businesses that somebody may open is between two schools. */
export const may_look_elsewhere = (businesses: readonly Pick<Workflow, 'places'>[]): boolean =>
  businesses.some(is_between_schools);

/** About a pupil of the own school: not what is between two places, both of which are this school. */
export const offered_here = <Each extends Offered>(businesses: readonly Each[]): Each[] =>
  businesses.filter(
    (each) =>
      !is_between_schools(each) ||
      each.open.explain?.allowed !== false ||
      !each.open.explain.reasons.some(({ rule }) => rule === 'guard'),
  );
