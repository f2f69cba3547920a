// Somebody at a PC of their own: a browser context, their line to the server, their language.
import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { password } from './api.ts';
import { Line } from './line.ts';
import { words_of, type Language } from './messages.ts';
import { Watch } from './watch.ts';

export interface Wish {
  language?: Language;
  scheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
  /** Left out: signed in already. */
  signed_in?: boolean;
}

export class Person {
  private loads = 0;
  readonly t: ReturnType<typeof words_of>;

  private constructor(
    readonly username: string,
    readonly language: Language,
    readonly context: BrowserContext,
    readonly page: Page,
    readonly line: Line,
    readonly watch: Watch,
  ) {
    this.t = words_of(language);
    page.on('domcontentloaded', () => this.loads++);
  }

  static async at_work(browser: Browser, port: number, username: string, wish: Wish): Promise<Person> {
    const line = await Line.to(port);
    const language = wish.language ?? 'zh';
    const context = await browser.newContext({
      baseURL: line.origin,
      locale: language === 'en' ? 'en-GB' : 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      colorScheme: wish.scheme ?? 'light',
      viewport: wish.viewport ?? { width: 1366, height: 768 },
      reducedMotion: 'reduce',
    });
    const watch = new Watch(line.origin);
    await watch.over(context);
    const person = new Person(username, language, context, await context.newPage(), line, watch);
    if (wish.signed_in ?? true) await person.take_session();
    // Whoever is not signed in yet is asked who they are by the server, too.
    else watch.expect(/status of 401 .* at \/api\/v1\/me$/);
    return person;
  }

  /** Signs in beside the page. */
  async take_session(): Promise<void> {
    const answer = await this.context.request.post('/api/v1/session', {
      data: { username: this.username, password, mode: 'cookie' },
    });
    expect(answer.status(), `${this.username} signs in`).toBe(201);
  }

  /** By address, as from a bookmark. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settled();
  }

  /** Types into the search box of the list that is open, and waits for what it finds. */
  async find(words: string): Promise<void> {
    const box = this.page.getByRole('search').or(this.page.getByRole('form')).getByRole('textbox').first();
    await box.fill(words);
    await box.press('Enter');
    await expect(this.page).toHaveURL(/[?&]find=/);
    await this.settled();
  }

  /** What was to be fetched is there: nothing is loading any more, and the live line stands. */
  async settled(): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await expect(this.page.locator('[aria-busy="true"], .el-skeleton, .el-loading-mask:visible')).toHaveCount(0);
  }

  /** By the navigation at the side. */
  async go(title: string): Promise<void> {
    await this.page
      .getByRole('navigation', { name: this.t('frame.navigation') })
      .getByRole('link', { name: this.t(title) })
      .click();
    await this.settled();
  }

  button(key: string, places: Record<string, string | number> = {}): Locator {
    return this.page.getByRole('button', { name: this.t(key, places), exact: true });
  }

  /** The page has been loaded as often as this person opened an address, not once more. */
  expect_loaded_once(): void {
    expect(this.loads, `how often the page of ${this.username} was loaded`).toBe(1);
  }

  async leave(): Promise<void> {
    await this.context.close();
    await this.line.close();
  }
}
