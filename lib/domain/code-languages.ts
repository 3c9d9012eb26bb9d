export const CODE_LANGUAGES = ['python', 'yaml', 'curl'] as const;
export type CodeLanguage = (typeof CODE_LANGUAGES)[number];
