const TOKEN = /"(?:\\.|[^"\\])*"|\$\{[^{}"\n\r]*\}|[{}[\],:]|[^\s{}[\],:"$]+|\$/g;

/**
 * Lays a payload out, two spaces a level. Works on the text's tokens, so that placeholders may stand where JSON expects a value and
 * no number or key is rewritten. Null where brackets do not match: then there is nothing sensible to lay out.
 */
export function formatPayload(text: string): string | null {
  const tokens = text.match(TOKEN) ?? [];
  const open: string[] = [];
  let out = '';
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    const line = () => `\n${'  '.repeat(open.length)}`;
    if (token === '{' || token === '[') {
      open.push(token);
      const empty = next === (token === '{' ? '}' : ']');
      out += token + (empty ? '' : line());
    } else if (token === '}' || token === ']') {
      if (open.pop() !== (token === '}' ? '{' : '[')) return null;
      out += (tokens[index - 1] === (token === '}' ? '{' : '[') ? '' : line()) + token;
    } else if (token === ',') out += `,${line()}`;
    else if (token === ':') out += ': ';
    else out += token;
  }
  return open.length === 0 ? out : null;
}
