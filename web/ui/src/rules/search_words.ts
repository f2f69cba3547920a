// The words of a search stand in no address and no browser history: they are names and numbers of children. The
// address holds a handle, which means something in this tab alone, until it is closed or reloaded.
import type { LocationQuery } from 'vue-router';

const words_by_handle = new Map<string, string>();

const new_handle = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, '0')).join('');
};

/** What `find` of the address stands for; empty where it is not known here any more. */
export const words_of = (query: LocationQuery): string =>
  (typeof query.find === 'string' && words_by_handle.get(query.find)) || '';

/** For `find` of an address: the same for the same words, empty for none. */
export function handle_of(words: string): string {
  if (words === '') return '';
  for (const [handle, known] of words_by_handle) if (known === words) return handle;
  const handle = new_handle();
  words_by_handle.set(handle, words);
  return handle;
}

/** Whether the address was made for words that are forgotten: then its page of the list means nothing either. */
export const is_forgotten = (query: LocationQuery): boolean => query.find !== undefined && words_of(query) === '';

export const forget_words = (): void => words_by_handle.clear();
