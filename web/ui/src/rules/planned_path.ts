// The way that a business is planned to take, and the acts with which a draft is left.
import type { Step, Workflow, WorkflowAction } from '@/api/types';
import type { PathStep } from '@/parts/ProgressPath.vue';

/** The main way of the definition; who decides where a student is given. */
export function planned_path(workflow: Workflow): PathStep[] {
  const states = new Map(workflow.states.map((state) => [state.key, state]));
  return workflow.path
    .map((key) => states.get(key))
    .filter((state) => state !== undefined)
    .map((state) => ({
      key: state.key,
      title: state.title,
      kind: state.kind,
      holder: state.holder ?? null,
      byTitle: state.byTitle,
      workingDays: state.workingDays,
    }));
}

/** With who decides as the request itself says, which knows the offices of its places. */
export function with_holders(workflow: Workflow, steps: readonly Step[]): Workflow {
  const holders = new Map(steps.map(({ key, holder }) => [key, holder]));
  const states = workflow.states.map((state) => ({ ...state, holder: holders.get(state.key) ?? state.holder }));
  return { ...workflow, states };
}

/** Who has it next once it is submitted. */
export const next_step = (workflow: Workflow): PathStep | undefined =>
  planned_path(workflow).find((step) => step.kind !== 'draft');

/** The working days of all steps, if each takes as long as it may. */
export const days_in_all = (steps: readonly PathStep[]): number =>
  steps.reduce((days, step) => days + (step.workingDays ?? 0), 0);

/** Machines take their own time, which no working days tell. */
export const has_checks = (steps: readonly PathStep[]): boolean => steps.some(({ kind }) => kind === 'check');

function draft_action(workflow: Workflow, ends: boolean): WorkflowAction | undefined {
  const drafts = new Set(workflow.states.filter((state) => state.kind === 'draft').map((state) => state.key));
  const end_states = new Set(workflow.states.filter((state) => state.kind === 'end').map((state) => state.key));
  return workflow.actions.find((action) => drafts.has(action.state) && end_states.has(action.to) === ends);
}

/** The act that sends a draft on its way. */
export const submit_action = (workflow: Workflow): WorkflowAction | undefined => draft_action(workflow, false);

/** The act that throws a draft away. */
export const discard_action = (workflow: Workflow): WorkflowAction | undefined => draft_action(workflow, true);
