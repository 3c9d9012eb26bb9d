import { format } from 'node:util';
import { afterEach, beforeEach } from 'vitest';

const complaints: string[] = [];
for (const level of ['error', 'warn'] as const) {
  console[level] = (...args: unknown[]) => {
    complaints.push(`console.${level}: ${format(...args)}`);
  };
}

beforeEach(() => {
  complaints.length = 0;
});

afterEach(() => {
  if (complaints.length > 0) throw new Error(`The test passed with complaints on the console:\n${complaints.join('\n')}`);
});
