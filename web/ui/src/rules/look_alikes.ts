// Where a name as it was given differs from how it is usually written.
import { diffArrays } from 'diff';
import { characters } from './code_points';

/** Both in characters; `usual` is empty where something is only left out. */
export interface LookAlike {
  given: string;
  usual: string;
}

export function look_alikes(given: string, meant: string): LookAlike[] {
  const parts = diffArrays(characters(given), characters(meant));
  return parts.flatMap((part, place): LookAlike[] => {
    if (part.added) return parts[place - 1]?.removed ? [] : [{ given: '', usual: part.value.join('') }];
    if (!part.removed) return [];
    const next = parts[place + 1];
    const usual = next?.added ? next.value : [];
    if (usual.length === part.value.length)
      return part.value.map((one, index) => ({ given: one, usual: usual[index] ?? '' }));
    return [{ given: part.value.join(''), usual: usual.join('') }];
  });
}
