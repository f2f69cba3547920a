// What the page of the audit trail asks the server.
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { AnswerOf, QueryOf } from '@/api/types';

export type AuditLine = AnswerOf<'/api/v1/audit'>['items'][number];
export type AuditFilter = QueryOf<'/api/v1/audit'>;
export type AuditAction = NonNullable<AuditFilter['action']>;

/** In the order in which they are offered. */
export const audit_actions: AuditAction[] = [
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'session_ended',
  'password_changed',
  'password_reset',
  'account_added',
  'account_disabled',
  'account_enabled',
  'post_proposed',
  'post_confirmed',
  'proposal_withdrawn',
  'post_given',
  'post_taken',
  'post_lent',
  'loan_taken_back',
  'record_looked_at',
  'student_sought',
  'exported',
];

export const use_audit = (filter: MaybeRefOrGetter<AuditFilter>) =>
  useQuery({
    queryKey: computed(() => keys.audit(toValue(filter))),
    queryFn: () => answer(api.GET('/api/v1/audit', { params: { query: toValue(filter) } })),
    placeholderData: keepPreviousData,
  });
