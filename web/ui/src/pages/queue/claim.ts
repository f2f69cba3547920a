import { useQueryClient } from '@tanstack/vue-query';
import { ref, shallowRef } from 'vue';
import { answer, api, if_match, new_idempotency_key } from '@/api/client';
import { as_problem } from '@/api/problem';
import type { Task } from '@/api/types';

/** Takes tasks for oneself and gives them back. `refusal` is why the last one was not done, in the server's words. */
export function use_claim() {
  const queries = useQueryClient();
  const busy = ref<string | null>(null);
  const refusal = shallowRef<string | null>(null);

  async function change(task: Task, deed: 'claim' | 'release') {
    busy.value = task.id;
    refusal.value = null;
    const header = { 'If-Match': if_match(task.version), 'Idempotency-Key': new_idempotency_key() };
    try {
      await answer(api.POST(`/api/v1/tasks/{id}/${deed}`, { params: { path: { id: task.id }, header } }));
    } catch (error) {
      const { problem, message } = as_problem(error);
      refusal.value = problem.explain?.reasons.map((reason) => reason.message).join(' ') || message;
    } finally {
      busy.value = null;
      void queries.invalidateQueries({ queryKey: ['tasks'] });
    }
  }
  return { busy, refusal, change };
}
