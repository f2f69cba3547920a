// What every test file starts from: `world`, `person`, and the watch over every page.
import { expect, test as base } from '@playwright/test';
import { Person, type Wish } from './person.ts';
import { World } from './world.ts';

interface ForTest {
  /** Somebody at a PC of their own; several may be at work at once. */
  person: (username: string, wish?: Wish) => Promise<Person>;
}

export const test = base.extend<ForTest, { world: World }>({
  world: [
    async ({}, use) => {
      const world = await World.start();
      await use(world);
      await world.stop();
    },
    { scope: 'worker' },
  ],
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
