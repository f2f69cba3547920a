// Through every page, as each person who works there.
import type { Person, Wish } from './person.ts';
import { by_person, type Place } from './places.ts';
import { test } from './test.ts';

/** Opens every page and calls `look` on it. */
export async function walk(
  all: Place[],
  person: (username: string, wish?: Wish) => Promise<Person>,
  wish: Wish,
  look: (at: Person, place: Place) => Promise<void>,
): Promise<void> {
  for (const [username, visited] of by_person(all)) {
    const one = await person(username ?? 'registrar', { ...wish, signed_in: username !== null });
    // What is not there is told by the server with 404, which the page says in words.
    one.watch.expect(/status of 404 .* at \/api\/v1\/requests\/999999999/);
    for (const place of visited)
      await test.step(`${place.name} (${username ?? 'nobody'})`, async () => {
        await one.open(place.path);
        if (place.words) await one.find(place.words);
        await look(one, place);
      });
  }
}
