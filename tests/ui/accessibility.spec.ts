// What only shows once it is opened has no fault that axe can find, in either language, light or dark; pages are every_page's.
import { expect_no_faults } from './support/axe.ts';
import { action } from './support/deciding.ts';
import { drop_scan, expect_uploaded, type_into } from './support/filing.ts';
import { png } from './support/files.ts';
import { languages } from './support/messages.ts';
import type { Place } from './support/places.ts';
import { expect, test, type Person } from './support/test.ts';

test.describe.configure({ mode: 'parallel', timeout: 600_000 });

/** What only shows once it is opened: where, by whom, how. */
interface Opened {
  name: string;
  username: string;
  path: (all: Place[]) => string;
  open: (at: Person) => Promise<void>;
}

const path_of = (all: Place[], name: string): string => all.find((place) => place.name === name)!.path;
const dialog = ({ page }: Person, name?: string) => page.getByRole('dialog', name === undefined ? {} : { name });

const opened: Opened[] = [
  {
    name: 'the newest messages',
    username: 'registrar',
    path: () => '/students',
    open: async (at) => {
      await at.page.getByTestId('bell').click();
      await expect(at.page.getByRole('link', { name: at.t('frame.all_messages') })).toBeVisible();
    },
  },
  {
    name: 'the menu of the account',
    username: 'registrar',
    path: () => '/students',
    open: async (at) => {
      await at.page.getByTestId('account').click();
      await expect(at.page.getByTestId('sign-out')).toBeVisible();
    },
  },
  {
    name: 'signing in again',
    username: 'head',
    path: () => '/queue',
    open: async (at) => {
      at.watch.expect(/status of 401 /);
      await at.context.clearCookies();
      // The page may have asked for something by itself, and the dialog cover the link already.
      await at.page
        .getByRole('navigation')
        .getByRole('link', { name: at.t('page.students') })
        .dispatchEvent('click');
      await expect(dialog(at, at.t('sign_in.again'))).toBeVisible();
    },
  },
  {
    name: 'a return, half decided',
    username: 'county',
    path: (all) => path_of(all, 'request to decide'),
    open: async (at) => {
      await action(at, 'return').click();
      await at.page.getByTestId('confirm').click();
      await expect(at.page.getByText(at.t('request.comment_needed'))).toBeVisible();
    },
  },
  {
    name: 'an incomplete form',
    username: 'registrar',
    path: (all) => path_of(all, 'new-request'),
    open: async (at) => {
      await type_into(at, 'new_name', '古丽•𠮷𫝆');
      await type_into(at, 'new_id_number', '110105194912310021');
      await drop_scan(at, 'household_register', { name: 'a.png', mimeType: 'image/png', buffer: png() });
      await expect_uploaded(at, 'household_register', 1);
      await at.button('new_request.submit').click();
      await expect(at.page.getByTestId('obstacle')).toBeVisible();
    },
  },
  {
    name: 'leaving a form that is not saved',
    username: 'registrar',
    path: (all) => path_of(all, 'new-request'),
    open: async (at) => {
      await type_into(at, 'reason', '更正');
      await at.page
        .getByRole('navigation')
        .getByRole('link', { name: at.t('page.requests') })
        .click();
      await expect(dialog(at)).toBeVisible();
    },
  },
  {
    name: 'a student of another school, not all given',
    username: 'registrar',
    path: () => '/students/other-school',
    open: async (at) => {
      await at.page.getByLabel(at.t('other_school.number')).fill('110105194912310021');
      await at.page.getByTestId('find').click();
      await expect(at.page.getByText(at.t('other_school.name_needed'))).toBeVisible();
    },
  },
  {
    name: 'a new account',
    username: 'admin',
    path: () => '/administration/accounts',
    open: async (at) => {
      await at.button('accounts.add').click();
      await expect(dialog(at)).toBeVisible();
    },
  },
  {
    name: 'lending a post',
    username: 'county',
    path: () => '/delegation',
    open: async (at) => {
      await at.page
        .getByRole('button', { name: at.t('delegation.lend') })
        .first()
        .click();
      await expect(dialog(at)).toBeVisible();
    },
  },
];

for (const language of languages)
  test(`what is opened on a page, ${language}, light and dark`, async ({ places, person }) => {
    for (const { name, username, path, open } of opened)
      await test.step(name, async () => {
        const at = await person(username, { language });
        await at.open(path(places));
        await open(at);
        await expect_no_faults(at, name);
      });
  });
