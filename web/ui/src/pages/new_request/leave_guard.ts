// Asks before what is not saved is lost: within the application, and when the tab closes.
import { ElMessageBox } from 'element-plus/es/components/message-box/index';
import 'element-plus/es/components/message-box/style/css';
import { onBeforeUnmount, onMounted } from 'vue';
import { useI18n } from 'vue-i18n';
import { onBeforeRouteLeave } from 'vue-router';
import { signed_in_account } from '@/session/session';

/** `unsaved` is asked at the moment of leaving. */
export function use_leave_guard(unsaved: () => boolean): void {
  const { t } = useI18n();
  const ask_browser = (event: BeforeUnloadEvent) => {
    if (unsaved()) event.preventDefault();
  };
  onMounted(() => window.addEventListener('beforeunload', ask_browser));
  onBeforeUnmount(() => window.removeEventListener('beforeunload', ask_browser));
  onBeforeRouteLeave(async () => {
    if (!unsaved() || !signed_in_account.value) return true;
    return ElMessageBox.confirm(t('new_request.leave_why'), t('new_request.leave_title'), {
      confirmButtonText: t('new_request.stay'),
      cancelButtonText: t('new_request.leave'),
      distinguishCancelAndClose: true,
      type: 'warning',
    }).then(
      () => false,
      (answer: unknown) => answer === 'cancel',
    );
  });
}
