export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** The names of HTTP and HTML: `zh-CN`, `en`. */
export const tag_of = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en');

const remembered_as = 'xueji.language';

/** What was chosen here before, else what the browser prefers, else Chinese. */
export function first_language(): Language {
  const remembered = localStorage.getItem(remembered_as);
  if (remembered === 'zh' || remembered === 'en') return remembered;
  const preferred = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag));
  return preferred?.toLowerCase().startsWith('en') ? 'en' : 'zh';
}

export function remember_language(language: Language): void {
  localStorage.setItem(remembered_as, language);
}
