// What every test file starts from: `world`, `person`, and the watch over every page.
import { expect, test as base } from '@playwright/test';
import { Person, type Wish } from './person.ts';
import { places, type Place } from './places.ts';
import { World } from './world.ts';

interface ForTest {
  /** Somebody at a PC of their own; several may be at work at once. */
  person: (username: string, wish?: Wish) => Promise<Person>;
}

interface ForWorker {
  /** How long decisions can be undone: short, so that no test waits for what it is not about. */
  undo_seconds: number;
  world: World;
  /** Every page, with requests at every stage behind it. */
  places: Place[];
}

export const test = base.extend<ForTest, ForWorker>({
  undo_seconds: [1, { option: true, scope: 'worker' }],
  world: [
    async ({ undo_seconds }, use) => {
      const world = await World.start(undo_seconds);
      await use(world);
      await world.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  places: [async ({ world }, use) => use(await places(world)), { scope: 'worker', timeout: 60_000 }],
  person: async ({ browser, world }, use) => {
    const people: Person[] = [];
    await use(async (username, wish = {}) => {
      const one = await Person.at_work(browser, world.port, username, wish);
      people.push(one);
      return one;
    });
    for (const one of people) await one.leave();
    for (const one of people) expect(one.watch.unexpected(), `faults in the pages of ${one.username}`).toEqual([]);
  },
});

export { expect };
export type { Person, Wish };
