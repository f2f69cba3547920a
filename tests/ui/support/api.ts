// Calls beside the browser: what others do meanwhile, and what the server says to compare with.
import { randomUUID } from 'node:crypto';
import { until } from './program.ts';

export interface Example {
  title: string;
  workflow: string;
  student: string;
  fields: Record<string, string>;
  outcome: 'clear' | 'suspect';
}
export interface Student {
  id: string;
  name: string;
  idNumber: string;
  sex: 'male' | 'female';
  birthDate: string;
  grade: string;
  class: string;
  version: number;
  openRequest: { id: string } | null;
  school: { name: string };
  numbers: { number: string; kind: string; state: string }[];
}
export interface Request {
  openedBy: string;
  id: string;
  version: number;
  state: { key: string; title: string };
  outcome: string | null;
  student: { id: string; name: string };
  workflow: { key: string; title: string };
}
export interface Task {
  id: string;
  request: string;
  version: number;
  student: { id: string; name: string };
}
export interface Page<Item> {
  items: Item[];
  next: string | null;
  count?: number;
}

export const name_change = 'key-information-change';
export const g_deletion = 'g-number-deletion';
export const password = 'xueji-demo';

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
  ) {
    super(`${status}: ${body}`);
  }
}

export class ApiClient {
  private token: string | null = null;

  constructor(
    private readonly origin: string,
    readonly username: string,
  ) {}

  get = <Answer>(path: string): Promise<Answer> => this.call('GET', path);
  post = <Answer>(path: string, body: unknown, headers = {}): Promise<Answer> => this.call('POST', path, body, headers);

  async call<Answer>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    this.token ??= await this.sign_in();
    const raw = body instanceof Uint8Array;
    const response = await fetch(this.origin + path, {
      method,
      headers: {
        Authorization: `Bearer ${this.token}`,
        ...(body === undefined || raw ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : raw ? Buffer.from(body) : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Refused(response.status, `${method} ${path}: ${text}`);
    return (text ? JSON.parse(text) : null) as Answer;
  }

  /** The student with everything, as the page of the student shows it. */
  student = (id: string): Promise<Student> => this.get(`/api/v1/students/${id}`);
  request = (id: string): Promise<Request> => this.get(`/api/v1/requests/${id}`);

  async count(path: string): Promise<number> {
    const page = await this.get<Page<unknown>>(`${path}${path.includes('?') ? '&' : '?'}count=true&limit=1`);
    return page.count ?? 0;
  }

  async upload(bytes: Uint8Array, filename: string, type = 'image/png'): Promise<string> {
    const path = `/api/v1/evidence?filename=${encodeURIComponent(filename)}`;
    return (await this.call<{ sha256: string }>('POST', path, bytes, { 'Content-Type': type })).sha256;
  }

  /** Files it with one scan. */
  async file(example: Example, scan: Uint8Array, reason = '户口簿登记错误'): Promise<Request> {
    const deletion = example.workflow === g_deletion;
    const sha256 = await this.upload(scan, deletion ? '认定书.png' : '户口簿.png');
    const fields = deletion ? example.fields : { ...example.fields, reason };
    return this.post(
      '/api/v1/requests',
      {
        workflow: example.workflow,
        student: example.student,
        fields,
        evidence: [{ kind: deletion ? 'certification' : 'household_register', sha256 }],
        submit: true,
      },
      { 'Idempotency-Key': randomUUID() },
    );
  }

  async act(id: string, action: string, comment?: string): Promise<Request> {
    const { version } = await this.request(id);
    return this.post(`/api/v1/requests/${id}/actions/${action}`, comment === undefined ? {} : { comment }, {
      'If-Match': `"${version}"`,
      'Idempotency-Key': randomUUID(),
    });
  }

  wait_for_state(id: string, state: string): Promise<void> {
    return until(async () => (await this.request(id)).state.key === state, `request ${id} at ${state}`);
  }

  private async sign_in(): Promise<string> {
    const response = await fetch(`${this.origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: this.username, password, mode: 'token' }),
    });
    const body = (await response.json()) as { token?: string };
    if (!body.token) throw new Error(`${this.username} could not sign in: ${response.status}`);
    return body.token;
  }
}
