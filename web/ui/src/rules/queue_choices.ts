// What a queue can be narrowed to. The definitions know more than the tasks on one page, but only tasks know of escalated ones.
import type { Role, Task, Workflow } from '@/api/types';

export interface NamedKey {
  key: string;
  title: string;
}

export interface StateChoice extends NamedKey {
  workflow: string;
}

export interface QueueChoices {
  workflows: NamedKey[];
  states: StateChoice[];
}

/** The states that a holder of these roles decides in, by the definitions at hand, and those of the tasks in sight. */
export function queue_choices(
  definitions: Pick<Workflow, 'key' | 'title' | 'states'>[],
  tasks: Pick<Task, 'workflow' | 'state'>[],
  roles: ReadonlySet<Role>,
): QueueChoices {
  const workflows = new Map<string, NamedKey>();
  const states = new Map<string, StateChoice>();
  const add = (workflow: NamedKey, state: NamedKey) => {
    workflows.set(workflow.key, { key: workflow.key, title: workflow.title });
    states.set(`${workflow.key} ${state.key}`, { workflow: workflow.key, key: state.key, title: state.title });
  };
  for (const definition of definitions)
    for (const state of definition.states)
      if (state.holder && state.kind !== 'end' && roles.has(state.holder.role)) add(definition, state);
  for (const task of tasks) add(task.workflow, task.state);
  return { workflows: [...workflows.values()], states: [...states.values()] };
}

/** Each state once: two businesses may use the same key. */
export function states_to_choose(choices: QueueChoices, workflow: string | undefined): NamedKey[] {
  const found = new Map<string, Set<string>>();
  for (const state of choices.states)
    if (!workflow || state.workflow === workflow)
      found.set(state.key, (found.get(state.key) ?? new Set()).add(state.title));
  return [...found].map(([key, titles]) => ({ key, title: [...titles].join(' / ') }));
}
