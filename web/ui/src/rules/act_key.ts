// One key for one act: the same content sent again carries the same key, so that it happens once; other content is another act.

export class ActKey {
  private sent = '';
  private key = '';

  constructor(private readonly make: () => string) {}

  for(content: unknown): string {
    const text = JSON.stringify(content);
    if (this.key === '' || text !== this.sent) this.key = this.make();
    this.sent = text;
    return this.key;
  }

  /** The act was done: the next one is another, even with the same content. */
  done(): void {
    this.key = '';
  }
}
