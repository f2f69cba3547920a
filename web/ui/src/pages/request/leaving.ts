import { useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { Page, Request, Task } from '@/api/types';
import { tell_decided } from '@/pages/queue/place';
import { whom_of_request } from '@/rules/whom';

const text = (value: unknown) => (typeof value === 'string' ? value : null);

/** Where the reader came from, and the way back after deciding. */
export function use_leaving() {
  const router = useRouter();
  const queries = useQueryClient();
  const { t } = useI18n();
  const from = text(history.state?.from);
  const back = computed(() => {
    if (!from) return null;
    return { to: from, title: t(from.startsWith('/queue') ? 'request.back_to_queue' : 'common.back') };
  });

  /** True where it leads away: the queue that the reader came from is shown again, without what was decided. */
  function leave_decided(request: Request, action: string): boolean {
    void queries.invalidateQueries({ queryKey: ['tasks'] });
    if (!from?.startsWith('/queue')) return false;
    const { pending } = request;
    queries.setQueriesData<Page<Task>>(
      { queryKey: ['tasks', 'list'] },
      (page) =>
        page && {
          ...page,
          items: pending
            ? page.items.map((task) => (task.request === request.id ? { ...task, pending } : task))
            : page.items.filter((task) => task.request !== request.id),
        },
    );
    tell_decided({ request: request.id, action, whom: whom_of_request(request), business: request.workflow.title });
    if (history.state?.back === from) router.back();
    else void router.push(from);
    return true;
  }
  return { from, back, leave_decided };
}
