// A line that is cut: a quiet sign, nothing is lost, and nobody has to reload.
import { in_queue } from './support/deciding.ts';
import { png } from './support/files.ts';
import type { Cut } from './support/line.ts';
import { until } from './support/program.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ mode: 'parallel', timeout: 120_000 });

const sign_words = '实时连接已断开，正在重连。恢复后会补上期间的变化。';

for (const how of ['reset', 'silent', 'live events'] satisfies Cut[])
  test(`a line cut for 20 seconds, ${how}`, async ({ person, world }) => {
    const head = await person('head');
    head.watch.expect(
      /WebSocket connection to .* failed/,
      /ERR_(CONNECTION_RESET|EMPTY_RESPONSE|TIMED_OUT|SOCKET_NOT_CONNECTED)/,
    );
    await world.as('registrar').file(world.name_change(), png());
    await head.open('/queue');
    const before = await world.as('head').count('/api/v1/tasks');
    const count = head.page.locator('[data-count="tasks"]');
    await expect(count).toHaveText(String(before));
    const sign = head.page.getByTestId('line-cut');

    const cut_at = Date.now();
    head.line.cut(how);
    const filed = await world.as('registrar').file(world.name_change(), png());
    // Whoever is not told that the line is dead finds out by the silence.
    await expect(sign).toHaveText(sign_words, { timeout: 30_000 });
    await until(() => Promise.resolve(Date.now() - cut_at > 20_000), '20 seconds of a cut line');
    await expect(in_queue(head, filed.id)).toHaveCount(0);

    head.line.restore();
    await expect(sign).toBeHidden({ timeout: 30_000 });
    await expect(count).toHaveText(String(before + 1));
    await expect(in_queue(head, filed.id)).toBeVisible();
    head.expect_loaded_once();
  });
