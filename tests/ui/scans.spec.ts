// What people upload is shown to them as those who decide will see it, and what can't be shown is said before it is filed.
import { name_change } from './support/api.ts';
import { choose_scans, drop_scan, evidence_box, expect_uploaded } from './support/filing.ts';
import { pdf, png } from './support/files.ts';
import { expect, test, type Person } from './support/test.ts';
import type { World } from './support/world.ts';

const kind = 'household_register';

async function new_form(world: World, person: (username: string) => Promise<Person>): Promise<Person> {
  const student = (await world.free_students('registrar')).at(-1)!;
  const registrar = await person('registrar');
  await registrar.open(`/students/${student.id}/business/${name_change}`);
  return registrar;
}

test('a small scan is taken with a warning, and shown as it will be seen', async ({ person, world }) => {
  const registrar = await new_form(world, person);
  await choose_scans(registrar, kind, {
    name: '户口簿.png',
    mimeType: 'image/png',
    buffer: png(0, [120, 167]),
  });
  await expect_uploaded(registrar, kind, 1);
  const warnings = evidence_box(registrar, kind).getByTestId('file-warnings');
  await expect(warnings).toContainText('点缩略图可看到审核人员所见的画面');
  await expect(warnings).toContainText('图片只有 120×167 像素，文字可能看不清。建议以 200 dpi 以上重新扫描');
  await registrar.page.getByRole('button', { name: '放大查看 户口簿.png' }).click();
  const shown = registrar.page.getByRole('dialog').locator('.evidence-page');
  await expect(shown).toBeVisible();
  expect(await shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([
    120, 167,
  ]);
});

test('a PDF under the name that a desktop has for it, page by page', async ({ person, world }) => {
  const registrar = await new_form(world, person);
  await drop_scan(registrar, kind, {
    name: '户口簿.pdf',
    mimeType: 'application/wps-office.pdf',
    buffer: pdf(),
  });
  await expect_uploaded(registrar, kind, 1);
  await registrar.page.getByRole('button', { name: '放大查看 户口簿.pdf' }).click();
  const dialog = registrar.page.getByRole('dialog');
  await expect(dialog).toContainText('第 1 / 2 页');
  const shown = dialog.locator('.evidence-page');
  const first = await shown.getAttribute('src');
  await dialog.getByRole('button', { name: '下一页' }).click();
  await expect(dialog).toContainText('第 2 / 2 页');
  await expect(shown).not.toHaveAttribute('src', first!);
  const original = dialog.getByTestId('download-original');
  await expect(original).toHaveText('下载原文件');
  const [download] = await Promise.all([registrar.page.waitForEvent('download'), original.click()]);
  expect(download.suggestedFilename()).toBe('户口簿.pdf');
});

test('a file that is cut off is refused with what to do', async ({ person, world }) => {
  const registrar = await new_form(world, person);
  registrar.watch.expect(/status of 422 .* at \/api\/v1\/evidence/);
  const whole = png(5000);
  await choose_scans(registrar, kind, {
    name: '户口簿.png',
    mimeType: 'image/png',
    buffer: whole.subarray(0, whole.length - 300),
  });
  await expect(evidence_box(registrar, kind).getByTestId('file-problem')).toHaveText(
    '文件不完整或已损坏，无法完整显示。请重新扫描，或在看图软件中打开后另存为 JPEG、PNG 或 PDF 再上传',
  );
});
