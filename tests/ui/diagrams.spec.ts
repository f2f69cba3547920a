// What `xueji render` writes, opened by the programs that it is written for: bpmn-js, bpmn-moddle and Mermaid.
import { test, expect, type Page } from '@playwright/test';
import { BpmnModdle } from 'bpmn-moddle';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from './support/chromium.ts';
import { program, root } from './support/program.ts';

test.use({ ...chromium, viewport: { width: 1000, height: 1200 } });

const folder_of = (name: string) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

interface Drawn {
  name: string;
  file: string;
  /** What must be on the canvas. */
  elements: string[];
}

const definitions: Drawn[] = [
  {
    name: 'key-information-change',
    file: 'workflows/key-information-change.yaml',
    elements: [
      'state_head_review',
      'gateway_county_review',
      'state_central_check',
      'state_completed',
      'due_head_review',
    ],
  },
  {
    name: 'g-number-deletion',
    file: 'workflows/g-number-deletion.yaml',
    elements: ['state_province_approval', 'state_ministry_review', 'gateway_ministry_approval', 'state_rejected'],
  },
  {
    name: 'school-transfer',
    file: 'tests/unit/render/transfer.yaml',
    elements: ['fork_both_sides', 'join_both_sides', 'group_both_sides', 'state_grace', 'elapse_until_semester'],
  },
];

const render = (file: string, form: string, language: string): string =>
  execFileSync(program(), ['render', join(root, file), '--as', form, '--lang', language], { encoding: 'utf8' });

interface Opened {
  warnings: string[];
  shown: Record<string, boolean>;
  labels: string[];
}

/** Runs in the page, where the viewer is a global. */
async function open_bpmn(page: Page, xml: string, elements: string[]): Promise<Opened> {
  await page.setContent(
    '<style>html, body, #canvas { height: 100%; margin: 0; background: #fff }</style><div id="canvas"></div>',
  );
  const viewer = join(folder_of('bpmn-js'), 'dist');
  for (const style of ['diagram-js.css', 'bpmn-js.css'])
    await page.addStyleTag({ path: join(viewer, 'assets', style) });
  await page.addScriptTag({ path: join(viewer, 'bpmn-viewer.production.min.js') });
  return page.evaluate(
    async ([text, ids]) => {
      interface Viewer {
        importXML(xml: string): Promise<{ warnings: unknown[] }>;
        get(name: 'canvas'): { zoom(to: string, centre?: string): void };
      }
      const { BpmnJS } = window as unknown as { BpmnJS: new (options: object) => Viewer };
      const opened = new BpmnJS({ container: '#canvas' });
      const { warnings } = await opened.importXML(text);
      opened.get('canvas').zoom('fit-viewport', 'auto');
      const visible = (id: string) => {
        const box = document.querySelector(`[data-element-id="${id}"]`)?.getBoundingClientRect();
        return box !== undefined && box.width > 0 && box.top < innerHeight && box.left < innerWidth;
      };
      return {
        warnings: warnings.map(String),
        shown: Object.fromEntries(ids.map((id) => [id, visible(id)])),
        labels: [...document.querySelectorAll('#canvas .djs-label, #canvas text')].map(
          (text) => text.textContent ?? '',
        ),
      };
    },
    [xml, elements] as const,
  );
}

for (const { name, file, elements } of definitions)
  for (const language of ['zh', 'en'])
    test(`${name} opens in bpmn-js without a warning and with all its shapes, ${language}`, async ({ page }) => {
      const opened = await open_bpmn(page, render(file, 'bpmn', language), elements);
      expect(opened.warnings).toEqual([]);
      expect(opened.shown).toEqual(Object.fromEntries(elements.map((id) => [id, true])));
      expect(opened.labels.join('|')).toContain(language === 'zh' ? '填报' : 'Draft');
      const pictures = process.env.XUEJI_SCREENSHOTS;
      if (!pictures) return;
      mkdirSync(pictures, { recursive: true });
      await page.locator('#canvas').screenshot({ path: join(pictures, `bpmn-${name}-${language}.png`) });
    });

for (const { name, file } of definitions)
  test(`bpmn-moddle reads ${name} without a warning`, async () => {
    const { rootElement, warnings } = await new BpmnModdle().fromXML(render(file, 'bpmn', 'zh'));
    expect(warnings).toEqual([]);
    expect(rootElement.$type).toBe('bpmn:Definitions');
  });

for (const { name, file } of definitions)
  test(`Mermaid parses and draws ${name}`, async ({ page }) => {
    await page.setContent('<div id="canvas"></div>');
    await page.addScriptTag({ path: join(folder_of('mermaid'), 'dist', 'mermaid.min.js') });
    const words = await page.evaluate(
      async (text) => {
        interface Mermaid {
          initialize(options: object): void;
          parse(text: string): Promise<{ diagramType: string }>;
          render(id: string, text: string): Promise<{ svg: string }>;
        }
        const { mermaid } = window as unknown as { mermaid: Mermaid };
        mermaid.initialize({ startOnLoad: false });
        const { diagramType } = await mermaid.parse(text);
        document.querySelector('#canvas')!.innerHTML = (await mermaid.render('drawn', text)).svg;
        return `${diagramType} ${document.querySelector('#canvas')!.textContent}`;
      },
      render(file, 'mermaid', 'en'),
    );
    expect(words).toContain('stateDiagram');
    expect(words).toContain('Draft');
    expect(words).toContain('Completed');
  });

test('bpmn-js tells of what is wrong in a planted fault', async ({ page }) => {
  const broken = render(definitions[0]!.file, 'bpmn', 'en').replace(
    'targetRef="state_completed"',
    'targetRef="nowhere"',
  );
  expect((await open_bpmn(page, broken, [])).warnings).not.toEqual([]);
});

test('the SVG of a whole file opens by itself, with every state on it', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const svg = render(definitions[2]!.file, 'svg', 'zh');
  await page.goto(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
  await expect(page.locator('[data-state]')).toHaveCount(14);
  // No word is wider than the room that was kept for it.
  const too_wide = await page.evaluate(() =>
    [...document.querySelectorAll<SVGGElement>('[data-state]:not([data-kind="parallel"])')].flatMap((state) => {
      const card = state.querySelector('rect')!.getBoundingClientRect();
      return [...state.querySelectorAll('text')]
        .filter((text) => text.getBoundingClientRect().right > card.right)
        .map((text) => text.textContent);
    }),
  );
  expect(too_wide).toEqual([]);
  expect(errors).toEqual([]);
});
