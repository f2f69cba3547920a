// Every page with its address. `title` names a message; `bare` pages stand outside the frame and need no session.
import type { RouteRecordRaw } from 'vue-router';
import type { Role } from '@/api/types';

declare module 'vue-router' {
  interface RouteMeta {
    title: string;
    bare?: boolean;
    /** Whoever holds none of these posts has no business here; the server refuses them anyway. */
    roles?: Role[];
  }
}

const deciders: Role[] = ['head', 'reviewer', 'approver'];
const officers: Role[] = ['registrar', ...deciders, 'admin'];
const registrar: Role[] = ['registrar'];
const admin: Role[] = ['admin'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('@/pages/sign_in/SignInPage.vue'),
    meta: { title: 'page.sign_in', bare: true },
  },
  {
    path: '/first-password',
    name: 'first-password',
    component: () => import('@/pages/own_account/FirstPasswordPage.vue'),
    meta: { title: 'page.first_password', bare: true },
  },
  {
    path: '/account',
    name: 'own-account',
    component: () => import('@/pages/own_account/OwnAccountPage.vue'),
    meta: { title: 'page.own_account' },
  },
  { path: '/', name: 'home', component: () => import('@/pages/home/HomePage.vue'), meta: { title: 'page.home' } },
  {
    path: '/queue',
    name: 'queue',
    component: () => import('@/pages/queue/QueuePage.vue'),
    meta: { title: 'page.queue', roles: deciders },
  },
  {
    path: '/requests',
    name: 'requests',
    component: () => import('@/pages/requests/RequestsPage.vue'),
    meta: { title: 'page.requests', roles: officers },
  },
  {
    path: '/requests/:id(\\d+)',
    name: 'request',
    component: () => import('@/pages/request/RequestPage.vue'),
    meta: { title: 'page.request' },
    props: true,
  },
  {
    path: '/requests/:id(\\d+)/edit',
    name: 'draft',
    component: () => import('@/pages/new_request/DraftPage.vue'),
    meta: { title: 'page.draft' },
    props: true,
  },
  {
    path: '/students',
    name: 'students',
    component: () => import('@/pages/students/StudentsPage.vue'),
    meta: { title: 'page.students', roles: officers },
  },
  {
    path: '/students/:id(\\d+)',
    name: 'student',
    component: () => import('@/pages/student/StudentPage.vue'),
    meta: { title: 'page.student' },
    props: true,
  },
  {
    path: '/students/:id(\\d+)/business',
    name: 'business',
    component: () => import('@/pages/new_request/BusinessPage.vue'),
    meta: { title: 'page.business' },
    props: true,
  },
  {
    path: '/students/:id(\\d+)/business/:workflow',
    name: 'new-request',
    component: () => import('@/pages/new_request/NewRequestPage.vue'),
    meta: { title: 'page.new_request' },
    props: true,
  },
  {
    path: '/students/other-school',
    name: 'other-school',
    component: () => import('@/pages/other_school/OtherSchoolPage.vue'),
    meta: { title: 'page.other_school', roles: registrar },
  },
  {
    path: '/students/other-school/:workflow',
    name: 'other-school-request',
    component: () => import('@/pages/other_school/OtherSchoolRequestPage.vue'),
    meta: { title: 'page.new_request', roles: registrar },
    props: true,
  },
  {
    path: '/students/batch',
    name: 'batch',
    component: () => import('@/pages/batch/BatchBusinessPage.vue'),
    meta: { title: 'page.batch' },
  },
  {
    path: '/students/batch/:workflow',
    name: 'batch-request',
    component: () => import('@/pages/batch/BatchRequestPage.vue'),
    meta: { title: 'page.new_request' },
    props: true,
  },
  {
    path: '/notifications',
    name: 'notifications',
    component: () => import('@/pages/notifications/NotificationsPage.vue'),
    meta: { title: 'page.notifications' },
  },
  {
    path: '/delegation',
    name: 'delegation',
    component: () => import('@/pages/delegation/DelegationPage.vue'),
    meta: { title: 'page.delegation' },
  },
  { path: '/help', name: 'help', component: () => import('@/pages/help/HelpPage.vue'), meta: { title: 'page.help' } },
  {
    path: '/administration/offices',
    name: 'offices',
    component: () => import('@/pages/offices/OfficesPage.vue'),
    meta: { title: 'page.offices', roles: admin },
  },
  {
    path: '/administration/accounts',
    name: 'accounts',
    component: () => import('@/pages/accounts/AccountsPage.vue'),
    meta: { title: 'page.accounts', roles: admin },
  },
  {
    path: '/administration/audit',
    name: 'audit',
    component: () => import('@/pages/audit/AuditPage.vue'),
    meta: { title: 'page.audit', roles: admin },
  },
  {
    path: '/administration/definitions',
    name: 'definitions',
    component: () => import('@/pages/definitions/DefinitionsPage.vue'),
    meta: { title: 'page.definitions', roles: admin },
  },
  {
    path: '/administration/definitions/:workflow/:version(\\d+)',
    name: 'definition',
    component: () => import('@/pages/definitions/DefinitionPage.vue'),
    meta: { title: 'page.definitions', roles: admin },
    props: ({ params, query }) => ({ ...params, variant: typeof query.variant === 'string' ? query.variant : '' }),
  },
  {
    path: '/administration/checks',
    name: 'checks',
    component: () => import('@/pages/checks/ChecksPage.vue'),
    meta: { title: 'page.checks', roles: admin },
  },
  {
    path: '/administration/undecidable',
    name: 'undecidable',
    component: () => import('@/pages/undecidable/UndecidablePage.vue'),
    meta: { title: 'page.undecidable', roles: admin },
  },
  {
    path: '/administration/health',
    name: 'health',
    component: () => import('@/pages/health/HealthPage.vue'),
    meta: { title: 'page.health', roles: admin },
  },
  {
    path: '/:missing(.*)*',
    name: 'not-found',
    component: () => import('@/pages/not_found/NotFoundPage.vue'),
    meta: { title: 'page.not_found' },
  },
];
