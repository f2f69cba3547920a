import type { Office, Post, Role } from '@/api/types';

export type Standing = 'not_yet' | 'in_force' | 'over';

/** Whether a post is held at this moment. */
export function standing_of(post: Pick<Post, 'from' | 'until'>, now_ms = Date.now()): Standing {
  if (post.from && Date.parse(post.from) > now_ms) return 'not_yet';
  return post.until && Date.parse(post.until) <= now_ms ? 'over' : 'in_force';
}

/** The posts that there are at an office of this level. */
export const roles_at = (level: Office['level']): Exclude<Role, 'system'>[] =>
  level === 'school' ? ['registrar', 'head', 'admin'] : ['reviewer', 'approver', 'admin'];
