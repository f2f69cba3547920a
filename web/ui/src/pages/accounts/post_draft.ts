import type { Office, Role } from '@/api/types';
import type { components } from '@/api/schema';
import { end_of_day, start_of_day } from '@/rules/china_days';
import { is_no_day } from '@/rules/day_typed';

/** A post while it is being filled in; days as people choose them, or what they typed instead. */
export interface PostDraft {
  office: Office | null;
  role: Exclude<Role, 'system'> | '';
  from: string | null;
  until: string | null;
}

export const empty_post = (office: Office | null = null): PostDraft => ({ office, role: '', from: null, until: null });

/** As the server takes it; what is missing or no day goes there too, and comes back as a fault at its field. */
export function new_post(draft: PostDraft): components['schemas']['NewPost'] {
  return {
    office: draft.office?.id ?? '',
    role: draft.role as components['schemas']['NewPost']['role'],
    ...(draft.from ? { from: is_no_day(draft.from) ? draft.from : start_of_day(draft.from) } : {}),
    ...(draft.until ? { until: is_no_day(draft.until) ? draft.until : end_of_day(draft.until) } : {}),
  };
}
