import { expect, test } from 'vitest';
import { emptyValues } from './form-values.ts';
import { changesSince } from './saved-changes.ts';
import { startingValues } from './starting-values.ts';

const opened = { ...startingValues(undefined), name: 'Deploy', description: 'To staging' };

test('only what was changed is sent', () => {
  expect(changesSince(opened, opened)).toEqual({});
  expect(changesSince(opened, { ...opened, name: 'Deploy it' })).toEqual({ name: 'Deploy it' });
});

test('what was taken out of the form is emptied', () => {
  expect(changesSince(opened, { ...opened, description: emptyValues().description })).toEqual({ description: '' });
});
