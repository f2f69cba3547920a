// What is wrong is said where it is wrong, in words, and nothing of the form is lost.
import { name_change } from './support/api.ts';
import { choose, choose_scans, drop_scan, evidence_box, expect_uploaded, field, type_into } from './support/filing.ts';
import { png } from './support/files.ts';
import { draw_in_font_of } from './support/glyphs.ts';
import { expect, test, type Person } from './support/test.ts';
import type { World } from './support/world.ts';

const rare = ['𠮷', '𫝆', '䶮', '㛃'];

async function new_form(world: World, person: (username: string) => Promise<Person>): Promise<Person> {
  const registrar = await person('registrar');
  await registrar.open(`/students/${(await world.free_students('registrar')).at(-1)!.id}/business/${name_change}`);
  return registrar;
}

const problem = (at: Person) => evidence_box(at, 'household_register').getByTestId('file-problem');
const fault = (at: Person, key: string) => field(at, key).getByTestId('field-fault');

test('files that are no scans', async ({ person, world }) => {
  const registrar = await new_form(world, person);
  registrar.watch.expect(/status of 415 .* at \/api\/v1\/evidence/);
  await drop_scan(registrar, 'household_register', {
    name: '户口簿.png',
    mimeType: 'image/png',
    buffer: Buffer.from('这不是图片，是改了名的文本。'),
  });
  const words = '文件内容不是 JPEG、PNG 或 PDF。请重新扫描，或在打开它的软件中另存为 JPEG、PNG 或 PDF';
  await expect(problem(registrar)).toHaveText(words);
  await registrar.page.getByRole('button', { name: '移除 户口簿.png' }).click();
  await expect(problem(registrar)).toHaveCount(0);

  await choose_scans(registrar, 'household_register', {
    name: 'setup.exe',
    mimeType: 'application/x-msdownload',
    buffer: Buffer.from('MZ'),
  });
  await expect(problem(registrar)).toHaveText(words);
});

test('a file of 11 MB', async ({ person, world }) => {
  const registrar = await new_form(world, person);
  await choose_scans(registrar, 'household_register', {
    name: '户口簿.png',
    mimeType: 'image/png',
    buffer: png(11 * 1024 * 1024),
  });
  await expect(problem(registrar)).toHaveText('文件 11.0 MB，超过 10 MB 的上限。请降低扫描分辨率或压缩后再传。');
  await drop_scan(registrar, 'household_register', { name: '第二份.png', mimeType: 'image/png', buffer: png() });
  await expect(evidence_box(registrar, 'household_register').locator('[data-file-state="uploaded"]')).toHaveCount(1);
});

test('an ID number with a wrong check character, or short of one', async ({ person, world }) => {
  const registrar = await new_form(world, person);
  await type_into(registrar, 'new_id_number', '110105194912310021');
  await expect(fault(registrar, 'new_id_number')).toHaveText('身份证件号码的校验码不正确，请核对');
  await type_into(registrar, 'new_id_number', '11010519491231002');
  await expect(fault(registrar, 'new_id_number')).toHaveCount(0);
  await field(registrar, 'new_id_number').getByRole('textbox').blur();
  await expect(fault(registrar, 'new_id_number')).toHaveText('身份证件号码应为 18 位，现有 17 位');
  await type_into(registrar, 'new_id_number', '11010519491231002x');
  await expect(fault(registrar, 'new_id_number')).toHaveCount(0);
  await expect(field(registrar, 'new_id_number')).toContainText('出生日期 1949-12-31，女。');
});

test('a dot that only looks like the separator is mended by one click', async ({ person, world }) => {
  const registrar = await new_form(world, person);
  await type_into(registrar, 'new_name', '古丽•巴哈尔');
  await expect(field(registrar, 'new_name')).toContainText(
    '其中有形近或看不见的字符，或首尾有点、连字符，常写作“古丽·巴哈尔”',
  );
  await registrar.page.getByRole('button', { name: '改为“古丽·巴哈尔”' }).click();
  await expect(field(registrar, 'new_name').getByRole('textbox')).toHaveValue('古丽·巴哈尔');
});

test('a name of 51 characters, rare ones counted as one each', async ({ person, world }) => {
  const registrar = await new_form(world, person);
  await type_into(registrar, 'new_name', '𠮷'.repeat(51));
  await expect(fault(registrar, 'new_name')).toHaveText('姓名最多 50 个字，现有 51 个字');
  await type_into(registrar, 'new_name', '𠮷'.repeat(50));
  await expect(fault(registrar, 'new_name')).toHaveCount(0);
});

test('an incomplete form is not sent, and says what is missing', async ({ person, world }) => {
  const registrar = await new_form(world, person);
  await registrar.button('new_request.submit').click();
  await expect(fault(registrar, 'ground')).toHaveText('请填写“变更依据”');
  await expect(fault(registrar, 'reason')).toHaveText('请填写“变更原因”');
  await expect(registrar.page.getByTestId('obstacle')).toHaveText('还有填写不正确或未填的项目，请更正标出的各项。');
  await expect(registrar.page.getByTestId('evidence-missing')).toHaveText('请上传“户口簿”，至少 1 份');
  await expect(field(registrar, 'ground').getByRole('radio').first()).toBeFocused();
});

test('a refusal by the server stands where it belongs, and the form is kept', async ({ person, world }) => {
  const registrar = await person('registrar');
  registrar.watch.expect(/status of 422 .* at \/api\/v1\/requests/);
  const student = (await world.free_students('registrar')).at(-1)!;
  await registrar.open(`/students/${student.id}/business/${name_change}`);
  await type_into(registrar, 'new_name', student.name);
  await choose(registrar, 'ground', '其他');
  await type_into(registrar, 'reason', '同名');
  await drop_scan(registrar, 'household_register', { name: '户口簿.png', mimeType: 'image/png', buffer: png() });
  await expect_uploaded(registrar, 'household_register', 1);
  await registrar.button('new_request.submit').click();
  await expect(registrar.page.getByRole('main')).toContainText('新姓名与现姓名相同');
  await expect(field(registrar, 'reason').getByRole('textbox')).toHaveValue('同名');
  await expect_uploaded(registrar, 'household_register', 1);
});

test('rare characters are typed, shown and told apart', async ({ person, world }) => {
  const registrar = await new_form(world, person);
  await type_into(registrar, 'new_name', rare.join(''));
  const shown = field(registrar, 'new_name').getByTestId('rare-characters');
  await expect(shown).toContainText('含生僻字，请与证件核对：');
  for (const code of ['U+20BB7', 'U+2B746', 'U+4DAE', 'U+36C3']) await expect(shown).toContainText(code);
  const drawn = await draw_in_font_of(shown.locator('bdi'), rare);
  expect(drawn).toEqual({ boxes: [], alike: [] });
  // What the check is worth: a character that no font has is a box.
  expect((await draw_in_font_of(shown.locator('bdi'), ['\u{2fffd}'])).boxes).toHaveLength(1);
});

test('a rare character is searched for, and no other is found', async ({ person }) => {
  const registrar = await person('registrar');
  // A student with an open request has a second link in the row: to whoever holds it.
  const found = registrar.page.getByTestId('students').locator('a[href^="/students/"]');
  for (const name of ['刘𠮷', '于㛃']) {
    await registrar.open('/students');
    await registrar.page.getByTestId('student-search').fill(name);
    await registrar.page.getByTestId('search').click();
    await expect(found).toHaveText([name]);
  }
  await registrar.open('/students');
  await registrar.find('刘𫝆');
  await expect(found).toHaveCount(0);
});
