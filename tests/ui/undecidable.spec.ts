// A post falls empty: the administrator is told beforehand, sees which tasks nobody can decide, and gives the post away.
import { expect_told, in_list } from './support/undecidable.ts';
import { png } from './support/files.ts';
import type { Page } from './support/api.ts';
import { languages } from './support/messages.ts';
import { expect, test } from './support/test.ts';

interface Account {
  username: string;
  name: string;
  posts: { id: string; office: { id: string; name: string }; role: string }[];
}

for (const language of languages)
  test(`a task that nobody can decide is seen and solved, ${language}`, async ({ person, world }) => {
    const request = await world.as('registrar').file(world.name_change(), png());
    await world.as('head').act(request.id, 'approve');
    const county = await world.as('county').get<Account>('/api/v1/me');
    const colleague = await world.as('county-approver').get<Account>('/api/v1/me');
    const [post] = county.posts as [Account['posts'][number]];
    // An account without any post is out of every administrator's reach.
    const posts_of = (username: string) => `/api/v1/accounts/${username}/posts`;
    // It takes two administrators to give a post that decides.
    const give = async (username: string, role: string) => {
      const given = await world.as('admin').post<{ id: string }>(posts_of(username), { office: post.office.id, role });
      return world.as('admin2').post<{ id: string }>(`${posts_of(username)}/${given.id}/confirm`, {});
    };
    const take = (username: string, id: string) =>
      world.as('admin').call('DELETE', `${posts_of(username)}/${id}?confirm=true`);
    const kept = await give('county', 'admin');
    // Other stories may have left colleagues at the post.
    const accounts = await world.as('admin').get<Page<Account>>(`/api/v1/accounts?office=${post.office.id}&limit=200`);
    const others: { username: string; kept: string }[] = [];
    for (const { username, posts } of accounts.items)
      for (const each of posts)
        if (username !== 'county' && each.role === 'reviewer' && each.office.id === post.office.id) {
          others.push({ username, kept: (await give(username, 'admin')).id });
          await take(username, each.id);
        }
    const admin = await person('admin', { language });
    admin.watch.expect(/status of 409 .* at \/api\/v1\/accounts\/county\/posts\/\d+$/);

    await test.step('taking the post says what would be left', async () => {
      await admin.open(`/administration/accounts?office=${post.office.id}`);
      const words = { name: county.name, office: post.office.name, role: admin.t('role.reviewer') };
      await admin.button('accounts.take_named', words).click();
      await admin.page
        .getByRole('dialog')
        .getByRole('button', { name: admin.t('accounts.take'), exact: true })
        .click();
      const dialog = admin.page.getByRole('dialog', { name: admin.t('accounts.leaves') });
      await expect_told(admin, in_list(dialog, request.id), post.office.name);
      await dialog.getByRole('button', { name: admin.t('accounts.leaves_take') }).click();
      await expect(dialog).toBeHidden();
    });

    const row = in_list(admin.page.getByRole('main'), request.id);
    await test.step('it stands on the page of what nobody can decide', async () => {
      await admin.go('page.undecidable');
      await expect_told(admin, row, post.office.name);
    });

    await test.step('the post is given to somebody of that office, and the task is gone from the page', async () => {
      await row.getByRole('link', { name: admin.t('undecidable.staff_named', { office: post.office.name }) }).click();
      await admin.settled();
      await admin.button('accounts.give_to', { name: colleague.name }).click();
      const dialog = admin.page.getByRole('dialog');
      await dialog.getByRole('radio', { name: admin.t('role.reviewer') }).check({ force: true });
      await dialog.getByRole('button', { name: admin.t('accounts.give'), exact: true }).click();
      await expect(dialog).toBeHidden();

      const second = await person('admin2', { language });
      await second.open(`/administration/accounts?office=${post.office.id}`);
      const words = { name: colleague.name, office: post.office.name, role: admin.t('role.reviewer') };
      await expect(admin.button('accounts.confirm_named', words)).toHaveCount(0);
      await second.button('accounts.confirm_named', words).click();
      await second.page
        .getByRole('dialog')
        .getByRole('button', { name: second.t('accounts.confirm'), exact: true })
        .click();
      await expect(second.button('accounts.confirm_named', words)).toHaveCount(0);

      await admin.go('page.undecidable');
      await expect(row).toHaveCount(0, { timeout: 30_000 });
    });

    const given = (await world.as('county-approver').get<Account>('/api/v1/me')).posts.find(
      (each) => each.role === 'reviewer',
    )!;
    await give('county', 'reviewer');
    await take('county-approver', given.id);
    await take('county', kept.id);
    for (const each of others) {
      await give(each.username, 'reviewer');
      await take(each.username, each.kept);
    }
  });
