/** The REST API as one person calls it; a refusal stops the demo with its sentence. */
export class DemoApi {
  readonly #base: string;
  readonly #key: string;

  constructor(port: number, key: string) {
    this.#base = `http://localhost:${port}/api/v1`;
    this.#key = key;
  }

  async post<Answer = { id: string }>(path: string, body: unknown): Promise<Answer> {
    const response = await fetch(this.#base + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The demo could not be filled: POST ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Answer;
  }

  /** Events in order; a list is one transaction. */
  send(project: string, ...events: object[]): Promise<{ executions: string[] }> {
    return this.post(`/projects/${project}/events`, events);
  }
}
