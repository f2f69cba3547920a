// What an action does to a request, from its definition: keys are the author's own, so that none is needed here but as a last resort.
import type { Action, State, Workflow } from '@/api/types';

export type ActionKind =
  /** Onward: to the next post, to the checks, or to the end that was applied for. */
  | 'forward'
  /** To an earlier state, which the person chooses. */
  | 'back'
  /** Ends it without what was applied for. */
  | 'refuse'
  /** The side that filed it ends it. */
  | 'take_back'
  | 'note'
  | 'assign';

export interface ActionView {
  /** Unique among the actions offered. */
  id: string;
  action: Action;
  /** With the branch's state, where the same action is offered in several branches. */
  title: string;
  kind: ActionKind;
  /** Where it leads, if that is one known state. */
  target?: State;
  look: 'primary' | 'danger' | 'plain' | 'quiet';
  /** Says what will follow, and asks once more. */
  asks: boolean;
}

const order: ActionKind[] = ['forward', 'back', 'refuse', 'take_back', 'note', 'assign'];
const kinds_without_definition: Record<string, ActionKind> = {
  return: 'back',
  reject: 'refuse',
  withdraw: 'take_back',
  discard: 'take_back',
};

function kind_of(action: Action, target: State | undefined): ActionKind {
  if (action.key === 'comment') return 'note';
  if (action.key === 'reassign') return 'assign';
  if (action.to?.length) return 'back';
  if (target?.kind === 'end' && target.outcome !== 'completed')
    return target.outcome === 'rejected' || target.outcome === 'expired' ? 'refuse' : 'take_back';
  return target ? 'forward' : (kinds_without_definition[action.key] ?? 'forward');
}

function target_of(action: Action, state: string, workflow: Workflow | undefined): State | undefined {
  const way = workflow?.actions.find((each) => each.key === action.key && each.state === state);
  return action.to?.length ? undefined : workflow?.states.find((each) => each.key === way?.to);
}

/** The actions in the order in which they are offered; the first way forward is the one that stands out. */
export function action_views(actions: Action[], state: string, workflow: Workflow | undefined): ActionView[] {
  const views = actions.map((action): ActionView => {
    const target = target_of(action, action.state ?? state, workflow);
    const kind = kind_of(action, target);
    const asks = kind !== 'forward' || target?.outcome === 'completed';
    const several = actions.filter((each) => each.key === action.key).length > 1;
    const of_branch = several ? workflow?.states.find((each) => each.key === action.state)?.title : undefined;
    const title = of_branch ? `${action.title} · ${of_branch}` : action.title;
    return {
      id: several ? `${action.key}.${action.state}` : action.key,
      action,
      title,
      kind,
      target,
      look: 'plain',
      asks,
    };
  });
  views.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  views.forEach((view, place) => {
    if (view.kind === 'forward' && place === 0) view.look = 'primary';
    else if (view.kind === 'refuse') view.look = 'danger';
    else if (view.kind === 'note' || view.kind === 'assign') view.look = 'quiet';
  });
  return views;
}
