import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test.each([
  ['plain text stays', 'epoch 1 loss 0.3', 'epoch 1 loss 0.3'],
  ['colours go', '\u001b[31mred\u001b[0m and \u001b[1;38;5;208morange\u001b[m', 'red and orange'],
  ['movements go', '\u001b[2K\u001b[1Gdone\u001b[A', 'done'],
  ['titles and links go', '\u001b]0;title\u0007\u001b]8;;https://a.example\u001b\\here\u001b]8;;\u001b\\', 'here'],
  ['of a line written over itself the last state counts', ' 10%|#  |\r 50%|## |\r100%|###|', '100%|###|'],
  ['a return at the end overwrites nothing', '100%|###|\r', '100%|###|\r'],
])('%s', (_, line, shown) => {
  expect(plainText(line)).toBe(shown);
});
