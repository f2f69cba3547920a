// What comes over the line to an old PC in a school office, and what the browser is told about it.
import { gzipSync } from 'node:zlib';
import { expect, test } from './support/test.ts';

const first_script_bytes_max = 300_000;

test('at most 300 kB of script before the queue shows', async ({ person }) => {
  const officer = await person('county');
  const scripts: Promise<number>[] = [];
  officer.page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  await officer.page.goto('/queue');
  await expect(officer.page.getByRole('row').nth(1)).toBeVisible();
  const bytes = (await Promise.all(scripts)).reduce((sum, each) => sum + each, 0);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(first_script_bytes_max);
  test.info().annotations.push({ type: 'first script, gzip', description: `${bytes} bytes` });
});

test('the page is asked for each time, assets are kept for ever, and the policy is strict', async ({ person }) => {
  const registrar = await person('registrar');
  const assets = new Map<string, Record<string, string>>();
  registrar.page.on('response', (response) => {
    if (response.url().includes('/assets/')) assets.set(response.url(), response.headers());
  });
  const page = await registrar.page.goto('/students');
  await registrar.settled();
  const headers = page!.headers();
  expect(headers['cache-control']).toMatch(/no-cache|no-store/);
  expect(headers.etag).toBeTruthy();
  expect(headers['referrer-policy']).toMatch(/^(no-referrer|same-origin)$/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  const policy = new Map(
    headers['content-security-policy']!.split(';').map((part) => part.trim().split(/ (.*)/) as [string, string]),
  );
  expect(policy.get('default-src')).toMatch(/^'(none|self)'$/);
  expect(policy.get('frame-ancestors')).toBe("'none'");
  for (const [directive, sources = ''] of policy) expect(sources, directive).not.toMatch(/unsafe|\*|https?:|data:/);
  expect(assets.size).toBeGreaterThan(2);
  for (const [url, told] of assets) {
    expect(told['cache-control'], url).toMatch(/max-age=31536000.*immutable/);
    const worth_compressing = /\.(js|css)$/.test(url) && Number(told['content-length']) > 1024;
    if (worth_compressing) expect(told['content-encoding'], url).toMatch(/^(br|gzip)$/);
  }
});

test('every address can be opened, reloaded, gone back from and forward to', async ({ person, places }) => {
  const registrar = await person('registrar');
  const { page } = registrar;
  await registrar.open('/students');
  await registrar.go('page.requests');
  await expect(page).toHaveURL(/\/requests/);
  await registrar.go('page.notifications');
  await expect(page).toHaveURL(/\/notifications/);
  await page.goBack();
  await expect(page).toHaveURL(/\/requests/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(registrar.t('page.requests'));
  await page.goForward();
  await expect(page).toHaveURL(/\/notifications/);
  const student = places.find((place) => place.name === 'student')!;
  await registrar.open(student.path);
  await page.reload();
  await registrar.settled();
  await expect(page).toHaveURL(new RegExp(`${student.path}$`));
});

test('an address that leads nowhere says so, and offers the way home', async ({ person }) => {
  const registrar = await person('registrar');
  await registrar.page.goto('/no/such/page');
  await expect(registrar.page.getByRole('alert')).toContainText('没有找到');
  await registrar.page.getByRole('main').getByRole('link', { name: '首页' }).click();
  await expect(registrar.page).toHaveURL(/\/students/);
});

test('whoever is not signed in comes to the sign-in page and then where they wanted to go', async ({ person }) => {
  const officer = await person('county', { signed_in: false });
  const { page } = officer;
  await page.goto('/queue?sort=due');
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await page.getByLabel('用户名').fill('county');
  await page.getByLabel('密码').fill('xueji-demo');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page).toHaveURL(/\/queue\?sort=due$/);
});

test('a wrong password is told in words, and the name stays', async ({ person }) => {
  const officer = await person('county', { signed_in: false });
  officer.watch.expect(/status of 401 .* at \/api\/v1\/session$/);
  const { page } = officer;
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill('county');
  await page.getByLabel('密码').fill('wrong');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText('用户名或密码不正确');
  await expect(page.getByLabel('用户名')).toHaveValue('county');
  await expect(page.getByLabel('密码')).toHaveValue('');
});
