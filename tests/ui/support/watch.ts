// Whatever goes wrong in a page without anybody seeing it: a test fails on each fault that it did not declare.
import type { BrowserContext, Page } from '@playwright/test';

/** A policy that was broken says so in the console of its page. */
const report_violations = () =>
  document.addEventListener('securitypolicyviolation', (event) =>
    console.error(
      `content security policy: ${event.effectiveDirective} blocked ${event.blockedURI} in ${event.sourceFile}`,
    ),
  );

export class Watch {
  /** All of them, in the order in which they were seen. */
  readonly faults: string[] = [];
  private readonly expected: RegExp[] = [];
  private readonly hosts = new Set<string>();

  constructor(private readonly origin: string) {}

  async over(context: BrowserContext): Promise<void> {
    await context.addInitScript(report_violations);
    context.on('page', (page) => this.look_at(page));
    context.on('weberror', (error) => this.saw(`error in the page: ${error.error().stack ?? error.error().message}`));
    context.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      this.saw(`console ${message.type()}: ${message.text()} at ${this.path_of(message.location().url)}`);
    });
    context.on('request', (request) => this.ask_host(request.url()));
    context.on('requestfailed', (request) => {
      const why = request.failure()?.errorText;
      // Left behind by whoever went on to another page.
      if (why !== 'net::ERR_ABORTED')
        this.saw(`request failed: ${request.method()} ${this.path_of(request.url())}: ${why}`);
    });
  }

  /** From here on such faults belong to the test. */
  expect(...faults: RegExp[]): void {
    this.expected.push(...faults);
  }

  unexpected(): string[] {
    return this.faults.filter((fault) => !this.expected.some((pattern) => pattern.test(fault)));
  }

  private look_at(page: Page): void {
    page.on('websocket', (socket) => this.ask_host(socket.url().replace(/^ws/, 'http')));
  }

  private ask_host(url: string): void {
    const { protocol, origin } = new URL(url);
    if (protocol === 'blob:' || protocol === 'data:' || origin === this.origin || this.hosts.has(origin)) return;
    this.hosts.add(origin);
    this.saw(`request to another host: ${url}`);
  }

  private saw(fault: string): void {
    this.faults.push(fault);
  }

  private path_of(url: string): string {
    return url.startsWith(this.origin) ? url.slice(this.origin.length) : url;
  }
}
