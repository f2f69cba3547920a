import type { Definition } from './definition_queries';

export interface Business {
  key: string;
  /** The province's; empty for the national file. */
  variant: string;
  /** The version that new requests run on; the newest one is the first. */
  current: Definition;
  versions: Definition[];
}

/** Versions under their business and variant, the newest first. */
export function businesses_of(definitions: readonly Definition[]): Business[] {
  const files = new Map<string, Definition[]>();
  for (const each of definitions) {
    const file = `${each.key} ${each.variant}`;
    files.set(file, [...(files.get(file) ?? []), each]);
  }
  return [...files.values()].map((found) => {
    const versions = found.sort((a, b) => b.version - a.version);
    const current = versions.find((each) => each.current) ?? versions[0]!;
    return { key: current.key, variant: current.variant, current, versions };
  });
}

export interface Standing {
  open: number;
  overdue: number;
  ended: number;
}

/** How many requests of this version are open, overdue among them, and ended. */
export function standing_of(definition: Pick<Definition, 'states' | 'counts'>): Standing {
  const ends = new Set(definition.states.filter((state) => state.kind === 'end').map((state) => state.key));
  const sum = { open: 0, overdue: 0, ended: 0 };
  for (const { state, count, overdue } of definition.counts) {
    if (ends.has(state)) sum.ended += count;
    else sum.open += count;
    sum.overdue += overdue;
  }
  return sum;
}

/** `retired`: it is the newest and says that nobody may begin one any more. */
export const standing_word = (definition: Pick<Definition, 'current' | 'retired'>) =>
  definition.current ? (definition.retired ? 'retired' : 'current') : 'old';

/** The message that says from when on a request keeps its student from other business. */
export const lock_word = (definition: Pick<Definition, 'lock'>) =>
  `definitions.lock_${definition.lock.replaceAll(' ', '_')}`;

/** The steps of a request that nobody returns or rejects; without a student there are no holders, but words for them. */
export const main_path = (definition: Pick<Definition, 'path' | 'states'>) =>
  definition.path.flatMap((key) => {
    const state = definition.states.find((each) => each.key === key);
    return state ? [{ ...state, holder: null }] : [];
  });

/** Where an action leads: the title of a state; null where the officer chooses among the earlier ones. */
export const destination_of = (definition: Pick<Definition, 'states'>, to: string): string | null =>
  definition.states.find((state) => state.key === to)?.title ?? null;

export const megabytes = (bytes: number): string => String(Math.round((bytes / 1024 / 1024) * 10) / 10);

/** `image/jpeg` is known to people as JPEG. */
export const media_type_name = (type: string): string => type.split('/').pop()!.toUpperCase();
