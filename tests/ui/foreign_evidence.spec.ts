// A draft whose business has a version since that takes less: both of its pages say which files, and what to do.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { name_change, type Request } from './support/api.ts';
import { png } from './support/files.ts';
import { root } from './support/program.ts';
import { expect, test as base } from './support/test.ts';
import { World } from './support/world.ts';

/** A server of its own: what is deployed here is nothing for other tests. */
const test = base.extend<object, { world: World }>({
  world: [
    async ({}, use) => {
      const world = await World.start();
      await use(world);
      await world.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

const certificate = '  other_certificate: {title: {zh: 其他证明, en: Other certificate}, count: 0..6}\n';

/** The next version, without the other certificate, to which drafts come with what they have. */
function narrower(): string {
  const text = readFileSync(join(root, `workflows/${name_change}.yaml`), 'utf8');
  const body = text.slice(0, text.indexOf('\nmigrate:\n')).replace('version: 4', 'version: 5').replace(certificate, '');
  return `${body}\nmigrate:\n  - {from: 4, otherwise: same state, lost: keep}\n`;
}

async function draft_with_certificate(world: World): Promise<Request> {
  const registrar = world.as('registrar');
  const example = world.name_change();
  const register = await registrar.upload(png(), '户口簿.png');
  const other = await registrar.upload(png(10), '公安证明.png');
  return registrar.post(
    '/api/v1/requests',
    {
      workflow: name_change,
      student: example.student,
      fields: { ...example.fields, reason: '户口簿登记错误' },
      evidence: [
        { kind: 'household_register', sha256: register },
        { kind: 'other_certificate', sha256: other },
      ],
      submit: false,
    },
    { 'Idempotency-Key': randomUUID() },
  );
}

test('a draft with files that are no longer taken', async ({ person, world }) => {
  const draft = await draft_with_certificate(world);
  const registrar = await person('registrar');
  await registrar.open(`/requests/${draft.id}`);
  await expect(registrar.page.getByTestId('foreign-evidence')).toHaveCount(0);
  world.deploy(narrower());

  await registrar.open(`/requests/${draft.id}`);
  const note = registrar.page.getByTestId('foreign-evidence');
  await expect(note).toContainText('此业务的新版不再收取以下材料：公安证明.png。');
  await expect(note).toContainText('请点“修改并提交”，移除这些文件后再提交。');

  await registrar.open(`/requests/${draft.id}/edit`);
  await expect(registrar.page.getByTestId('foreign-evidence')).toContainText('公安证明.png');
  await registrar.page.getByTestId('submit').click();
  await expect(registrar.page.getByTestId('obstacle')).toHaveText('有已不再收取的材料，请移除后再提交。');
  await registrar.page.getByRole('button', { name: '移除 公安证明.png' }).click();
  await expect(registrar.page.getByTestId('foreign-evidence')).toHaveCount(0);
  await registrar.page.getByTestId('submit').click();
  await world.as('registrar').wait_for_state(draft.id, 'head_review');
});
