import { createI18n } from 'vue-i18n';
import { first_language, remember_language, tag_of, type Language } from './language';

type Messages = Record<string, unknown>;

const loaders: Record<Language, () => Promise<{ messages: Messages }>> = {
  zh: () => import('@/messages/zh'),
  en: () => import('@/messages/en'),
};

export const i18n = createI18n({
  legacy: false,
  locale: first_language() as string,
  fallbackLocale: false,
  missing: (language, key) => console.error(`The message ${key} is missing in ${language}.`),
});

export const current_language = (): Language => i18n.global.locale.value as Language;

/** Loads the messages, then switches everything that people read; to be awaited before the application is shown. */
export async function use_language(language: Language): Promise<void> {
  const { messages } = await loaders[language]();
  i18n.global.setLocaleMessage(language, messages);
  i18n.global.locale.value = language;
  document.documentElement.lang = tag_of(language);
  remember_language(language);
}
