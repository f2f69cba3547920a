// What the navigation offers to whom. Each entry with a count asks for it with the very filter of its page, so that the two agree.
import {
  Avatar,
  Bell,
  Checked,
  Collection,
  Connection,
  DataBoard,
  Document,
  Files,
  OfficeBuilding,
  Share,
  User,
  Warning,
} from '@element-plus/icons-vue';
import type { Component } from 'vue';
import type { Role } from '@/api/types';

export interface NavigationEntry {
  route: string;
  title: string;
  icon: Component;
  /** Any of these posts; none: for all. */
  roles?: Role[];
  count?: 'tasks' | 'requests' | 'notifications';
}

export interface NavigationGroup {
  title?: string;
  entries: NavigationEntry[];
}

export const navigation: NavigationGroup[] = [
  {
    entries: [
      { route: 'queue', title: 'page.queue', icon: Checked, roles: ['head', 'reviewer', 'approver'], count: 'tasks' },
      {
        route: 'students',
        title: 'page.students',
        icon: User,
        roles: ['registrar', 'head', 'reviewer', 'approver', 'admin'],
      },
      {
        route: 'requests',
        title: 'page.requests',
        icon: Files,
        roles: ['registrar', 'head', 'reviewer', 'approver', 'admin'],
        count: 'requests',
      },
      { route: 'notifications', title: 'page.notifications', icon: Bell, count: 'notifications' },
      { route: 'delegation', title: 'page.delegation', icon: Share },
    ],
  },
  {
    title: 'frame.administration',
    entries: [
      { route: 'offices', title: 'page.offices', icon: OfficeBuilding, roles: ['admin'] },
      { route: 'accounts', title: 'page.accounts', icon: Avatar, roles: ['admin'] },
      { route: 'audit', title: 'page.audit', icon: Document, roles: ['admin'] },
      { route: 'undecidable', title: 'page.undecidable', icon: Warning, roles: ['admin'] },
      { route: 'definitions', title: 'page.definitions', icon: Collection, roles: ['admin'] },
      { route: 'checks', title: 'page.checks', icon: Connection, roles: ['admin'] },
      { route: 'health', title: 'page.health', icon: DataBoard, roles: ['admin'] },
    ],
  },
];

/** The page on which a person's day begins. */
export function first_page(roles: ReadonlySet<Role>): string {
  if (['head', 'reviewer', 'approver'].some((role) => roles.has(role as Role))) return 'queue';
  return roles.has('admin') && !roles.has('registrar') ? 'offices' : 'students';
}
