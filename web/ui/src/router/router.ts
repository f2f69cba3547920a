import type { QueryClient } from '@tanstack/vue-query';
import { watch } from 'vue';
import { createRouter, createWebHistory, type Router } from 'vue-router';
import { i18n } from '@/i18n/i18n';
import { start_live } from '@/live/live';
import { load_session, signed_in_account } from '@/session/session';
import { routes } from './routes';

/** Leads whoever is not signed in to the sign-in page and back. */
export function make_router(queries: QueryClient): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
  });
  router.beforeEach(async (to) => {
    if (to.meta.bare) return true;
    if (!signed_in_account.value && !(await load_session().catch(() => false)))
      return { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } };
    if (signed_in_account.value?.passwordChangeRequired) return { name: 'first-password' };
    start_live(queries);
    return true;
  });
  return router;
}

/** Keeps the title of the window; once the messages are there. */
export function name_window(router: Router): void {
  const name = () => {
    const title = router.currentRoute.value.meta.title;
    if (title) document.title = `${i18n.global.t(title)} · ${i18n.global.t('product.name')}`;
  };
  watch([router.currentRoute, i18n.global.locale], name, { immediate: true });
}
