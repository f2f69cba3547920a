import { describe, expect, it } from 'vitest';
import type { Request } from '@/api/types';
import { whom_of_request, whom_of_task, whom_words } from './whom';

const t = (key: string, values: Record<string, unknown>) => `${key} ${JSON.stringify(values)}`;
const workflow = { subject: 'students' };

describe('whom a request is about', () => {
  it('is the one student', () => {
    const one = {
      student: { name: '张三' },
      subjects: [{ ordinal: 1 }],
      subjectCount: 1,
      workflow: { subject: 'student' },
    } as unknown as Request;
    expect(whom_words(whom_of_request(one), t)).toBe('张三');
  });

  it('is the first of several and how many they are', () => {
    const several = {
      student: null,
      subjects: [{ ordinal: 1, student: { name: '张三' } }],
      subjectCount: 45,
      workflow,
    } as unknown as Request;
    expect(whom_words(whom_of_request(several), t)).toBe('whom.several {"name":"张三","count":45}');
  });

  it('is two records where they are a pair', () => {
    const task = { student: { name: '张三' }, subjectCount: 2, workflow: { subject: 'pair' as const } };
    expect(whom_words(whom_of_task(task), t)).toBe('whom.pair {"name":"张三","count":2}');
  });
});
