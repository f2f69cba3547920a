// What the application says, read from its own messages: a test names a button as its reader does, in either language.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './program.ts';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];
type Messages = { [key: string]: string | Messages };

const folder = join(root, 'web/ui/src/messages');

function load(language: Language): Messages {
  const files = readdirSync(join(folder, language)).filter((name) => name.endsWith('.json'));
  return Object.assign(
    {},
    ...files.map((name) => JSON.parse(readFileSync(join(folder, language, name), 'utf8')) as Messages),
  ) as Messages;
}

const loaded = { zh: load('zh'), en: load('en') };

/** The message with its places filled; with a count, the form that the count asks for. */
export function words_of(language: Language) {
  return (key: string, places: Record<string, string | number> = {}, count?: number): string => {
    const message = key
      .split('.')
      .reduce<string | Messages | undefined>(
        (at, part) => (typeof at === 'object' ? at[part] : undefined),
        loaded[language],
      );
    if (typeof message !== 'string') throw new Error(`there is no message ${key} in ${language}`);
    const forms = message.split(' | ');
    const form = count === undefined ? 0 : forms.length === 3 ? Math.min(count, 2) : count === 1 ? 0 : forms.length - 1;
    return forms[form]!.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));
  };
}
