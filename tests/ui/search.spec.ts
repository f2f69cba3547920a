// Searching for children: by what one can type, and without a trace in addresses.
import { png } from './support/files.ts';
import { expect, test } from './support/test.ts';

const addresses = (page: { evaluate<T>(ask: () => T): Promise<T> }) =>
  page.evaluate(() => decodeURIComponent(location.href) + JSON.stringify(history.state));

test('a student is found by pinyin, initials and last digits, and no address tells whom one looked for', async ({
  person,
  world,
}) => {
  const registrar = await person('registrar');
  const id = world.name_change().student;
  const student = await world.as('registrar').get<{ name: string; idNumber: string }>(`/api/v1/students/${id}`);
  const asked: string[] = [];
  registrar.page.on('request', (request) => asked.push(request.url()));
  const found = registrar.page.getByTestId('students').locator(`a[href="/students/${id}"]`);
  await registrar.open('/students');
  for (const words of [student.name, student.name.slice(1), student.idNumber.slice(-6)]) {
    await registrar.find(words);
    await expect(found.first()).toBeVisible();
    expect(await addresses(registrar.page)).not.toContain(words);
  }
  await registrar.find('wang');
  await expect(registrar.page.getByTestId('students').locator('a[href^="/students/"]').first()).toContainText('王');

  await test.step('back and forward keep the words, a reload forgets them', async () => {
    await registrar.page.goBack();
    await expect(registrar.page.getByTestId('student-search')).toHaveValue(student.idNumber.slice(-6));
    await expect(found.first()).toBeVisible();
    await registrar.page.goForward();
    await expect(registrar.page.getByTestId('student-search')).toHaveValue('wang');
    await registrar.page.reload();
    await registrar.settled();
    await expect(registrar.page.getByTestId('student-search')).toHaveValue('');
  });
  for (const url of asked) {
    const address = decodeURIComponent(url);
    expect(address).not.toContain(student.name);
    expect(address).not.toContain(student.idNumber.slice(-6));
  }
});

test('requests are found by their student, and the file holds the same', async ({ person, world }) => {
  const registrar = await person('registrar');
  const { id, student } = await world.as('registrar').file(world.name_change(), png());
  await registrar.open('/requests');
  await registrar.find(student.name);
  await expect(registrar.page.locator(`a[href^="/requests/${id}"]`).first()).toBeVisible();
  const saved = registrar.page.waitForEvent('download');
  await registrar.page.getByTestId('export-csv').click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('requests.csv');
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString('utf8').trim().split('\n');
  expect(lines.slice(1).every((line) => line.includes(student.name))).toBe(true);
  expect(lines.slice(1).some((line) => line.replaceAll('"', '').startsWith(`${id},`))).toBe(true);

  const head = await person('head');
  await head.open('/queue');
  await head.find(student.name);
  await expect(head.page.getByText(student.name).first()).toBeVisible();
});
