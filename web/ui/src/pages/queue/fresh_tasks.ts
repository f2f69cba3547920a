import { onScopeDispose, shallowRef, triggerRef } from 'vue';
import { on_live_event } from '@/live/live';

const fresh_ms = 10_000;

/** The tasks that came in during the last seconds while the page was open. */
export function use_fresh_tasks() {
  const fresh = shallowRef(new Set<string>());
  const timers = new Set<ReturnType<typeof setTimeout>>();
  on_live_event(({ type, data }) => {
    if (type !== 'task.added' || !data.task) return;
    const task = data.task;
    fresh.value.add(task);
    triggerRef(fresh);
    const timer = setTimeout(() => {
      timers.delete(timer);
      fresh.value.delete(task);
      triggerRef(fresh);
    }, fresh_ms);
    timers.add(timer);
  });
  onScopeDispose(() => timers.forEach(clearTimeout));
  return fresh;
}
