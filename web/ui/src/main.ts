// The composition root of the browser application.
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import App from './App.vue';
import { set_client_environment } from './api/client';
import { as_problem } from './api/problem';
import { i18n, current_language, use_language } from './i18n/i18n';
import { make_router, name_window } from './router/router';
import { end_session, meet_other_account, signed_in_account } from './session/session';
import { follow_theme } from './theme/theme';
import 'element-plus/theme-chalk/base.css';
import 'element-plus/theme-chalk/dark/css-vars.css';
import './theme/tokens.css';
import './theme/element.css';
import './theme/base.css';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (times, error) => times < 2 && as_problem(error).passing,
      retryDelay: (times, error) => (as_problem(error).retryAfter ?? 2 ** times) * 1000,
    },
  },
});

set_client_environment({
  language: current_language,
  acting_as: () => signed_in_account.value?.username,
  session_ended: end_session,
  other_account: () => void meet_other_account(),
});
follow_theme();

const app = createApp(App);
app.use(VueQueryPlugin, { queryClient: queries });
app.use(i18n);
const router = make_router(queries);
app.use(router);
void use_language(current_language()).then(() => {
  name_window(router);
  app.mount('#app');
});
