import type { AutomationDocument } from './automation.ts';
import type { CodeContext } from './code-context.ts';
import type { CodeLanguage } from './code-languages.ts';
import { pythonView } from './code-view-python.ts';
import { compactDocument } from './compact-document.ts';
import { toYaml } from './yaml-text.ts';

/** The automation as something to paste: the same in every language, and never with a key. */
export function viewAsCode(language: CodeLanguage, document: AutomationDocument, context: CodeContext): string {
  switch (language) {
    case 'python':
      return pythonView(document, context);
    case 'yaml':
      return toYaml({ kind: 'automation', ...compactDocument(document) });
    case 'curl':
      return curlView(document, context);
  }
}

function curlView(document: AutomationDocument, { publicUrl }: CodeContext): string {
  // A quoted here-document takes every character as it stands; no line of JSON is the word that ends it.
  return [
    `curl --fail-with-body -X POST '${publicUrl.replaceAll("'", '%27')}/api/v1/automations' \\`,
    '  -H "Authorization: Bearer $HOOKLINE_API_KEY" \\',
    "  -H 'Content-Type: application/json' \\",
    "  --data-binary @- <<'END'",
    JSON.stringify(compactDocument(document), null, 2),
    'END',
    '',
  ].join('\n');
}
