import type { Example } from './demo_examples';

/** A few of each sort: those that the checks find clear, and two of each cause of suspicion. */
export function some_examples<One extends Example>(examples: readonly One[], clear = 6, of_each_cause = 2): One[] {
  const taken = new Map<string, number>();
  return examples.filter((example) => {
    const sort = `${example.workflow} ${example.outcome} ${example.cause ?? ''}`;
    const count = (taken.get(sort) ?? 0) + 1;
    taken.set(sort, count);
    return count <= (example.outcome === 'clear' ? clear : of_each_cause);
  });
}
