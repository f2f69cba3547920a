// Instants and dates as officers read them: always in China's time, whatever the PC's clock is set to.
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { tag_of, type Language } from './language';

const zone = { timeZone: 'Asia/Shanghai' } as const;
const date_parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

export interface InstantFormats {
  /** `2026-11-24 09:05` */
  instant(value: string): string;
  /** `2026-11-24` */
  date(value: string): string;
  /** `3 天前`, `in 2 hours`; `just_now` for less than a minute. */
  ago(value: string, now?: number): string;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

export function instant_formats(language: Language, just_now: string): InstantFormats {
  const tag = tag_of(language);
  const day = new Intl.DateTimeFormat('sv-SE', { ...zone, ...date_parts });
  const moment = new Intl.DateTimeFormat('sv-SE', { ...zone, ...date_parts, hour: '2-digit', minute: '2-digit' });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  return {
    instant: (value) => moment.format(new Date(value)),
    date: (value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? value : day.format(new Date(value))),
    ago(value, now = Date.now()) {
      const seconds = (new Date(value).getTime() - now) / 1000;
      const step = steps.find(([, length]) => Math.abs(seconds) >= length);
      return step ? relative.format(Math.trunc(seconds / step[1]), step[0]) : just_now;
    },
  };
}

export function use_instants(): ComputedRef<InstantFormats> {
  const { locale, t } = useI18n();
  return computed(() => instant_formats(locale.value as Language, t('common.just_now')));
}
