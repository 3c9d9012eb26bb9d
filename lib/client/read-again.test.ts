import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { oneReadAtATime } from './read-again.ts';

test('what is told while a question is answered is asked for once more, and only once', async () => {
  const client = new QueryClient();
  let truth = 1;
  let asked = 0;
  const answers: (() => void)[] = [];
  const queryFn = () => {
    const value = truth;
    asked++;
    return new Promise<number>((resolve) => answers.push(() => resolve(value)));
  };
  const observer = new QueryObserver(client, { queryKey: ['api', 'counts'], queryFn });
  const unsubscribe = observer.subscribe(() => undefined);
  const answer = async () => {
    await expect.poll(() => answers.length).toBe(1);
    answers.pop()!();
  };
  await answer();
  await expect.poll(() => observer.getCurrentResult().data).toBe(1);

  const readAgain = oneReadAtATime(client);
  readAgain(['api', 'counts']);
  await expect.poll(() => answers.length).toBe(1); // asked too early
  truth = 2;
  for (let told = 0; told < 10; told++) readAgain(['api', 'counts']);
  await answer();
  await answer();
  await expect.poll(() => observer.getCurrentResult().data).toBe(2);
  expect(asked).toBe(3);
  unsubscribe();
});
