const OPERATORS = /[\\^$.|?*+()[\]{}]/;

/** Whether a pattern holds no operator at all, so that it is found inside longer names too and ^…$ may have been meant. */
export const isBareText = (pattern: string) => !OPERATORS.test(pattern);

/** The pattern that matches exactly this text. */
export const exactPattern = (text: string) => `^${text.replace(new RegExp(OPERATORS, 'g'), '\\$&')}$`;

/** The text that a pattern such as ^production$ stands for; undefined for real patterns. */
export function bareText(pattern: string | undefined): string | undefined {
  const bare = /^\^?((?:[\w \-/:@]|\\[.\-+])+)\$?$/.exec(pattern ?? '')?.[1];
  return bare?.replaceAll('\\', '');
}
