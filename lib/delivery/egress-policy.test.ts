import { describe, expect, test } from 'vitest';
import { type EgressPolicy, isOpenPort, judgeAddresses, judgeUrl } from './egress-policy.ts';
import { parseEgressAllow } from './parse-egress-allow.ts';

function policyWith(allow: string, rest: Partial<EgressPolicy> = {}): EgressPolicy {
  const parsed = parseEgressAllow(allow);
  if (parsed.kind === 'problem') throw new Error(parsed.message);
  return { allowHttp: true, entries: parsed.entries, personalMayUseEntries: false, ownAddresses: () => [], ...rest };
}
const team = { personal: false };
const url = (text: string, policy = policyWith(''), who = team) => judgeUrl(text, policy, who).kind;
const addresses = (list: string[], policy: EgressPolicy, { host = 'hook.example', port = 443, personal = false } = {}) =>
  judgeAddresses(host, port, list, policy, { personal }).kind;

describe('a URL', () => {
  test.each([
    'https://hook.example',
    'https://hook.example:8443/path?q=1#x',
    'http://hook.example',
    'https://HOOK.example./x',
    'https://xn--bcher-kva.example',
  ])('%s is allowed', (text) => {
    expect(url(text)).toBe('allowed');
  });

  test('is used as the parser wrote it, without fragment, and its host without the trailing dot', () => {
    const verdict = judgeUrl('https:\\\\Hook.Example.\\a#secret', policyWith(''), team);
    expect(verdict).toMatchObject({ kind: 'allowed', host: 'hook.example', port: 443 });
    expect(verdict.kind === 'allowed' && verdict.url.href).toBe('https://hook.example./a');
  });

  test.each([
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '017700000001',
    '127.1',
    '0x7f.1',
    '0',
    '127.0.0.1.',
    '8.8.8.8',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '⑯⑨。②⑤④。⑯⑨｡②⑤④',
    '%31%32%37.0.0.1',
    '[::1]',
    '[::]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2606:4700::1111]',
    '[fd00:ec2::254]',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'loc%61lhost',
    'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
  ])('https://%s/ is refused: a literal address or localhost, however it is spelt', (host) => {
    expect(judgeUrl(`https://${host}/`, policyWith('127.0.0.0/8,8.8.8.8,::1,localhost'), team)).toMatchObject({
      kind: 'refused',
      code: 'address_not_allowed',
    });
  });

  test.each(['https:127.0.0.1', 'https:///127.0.0.1', 'https:\\\\127.0.0.1\\', 'https://127.0.\t0.1/', 'https://evil.example@127.0.0.1/'])(
    '%s is refused',
    (text) => {
      expect(url(text)).toBe('refused');
    },
  );

  test.each([
    'https://user@hook.example/',
    'https://user:pass@hook.example/',
    'https://:pass@hook.example',
    'ftp://hook.example',
    'file:///etc/passwd',
    'gopher://hook.example',
    'data:text/plain,x',
    'javascript:alert(1)',
    'blob:https://hook.example/x',
    'hook.example',
    '',
    'https://',
    'https://256.256.256.256',
    'https://[fe80::1%25eth0]/',
    'https://a b.example',
  ])('"%s" is not valid', (text) => {
    expect(judgeUrl(text, policyWith(''), team)).toMatchObject({ kind: 'refused', code: 'invalid_url' });
  });

  test('with plain http is refused unless the instance allows it', () => {
    expect(url('http://hook.example', policyWith('', { allowHttp: false }))).toBe('refused');
    expect(url('https://hook.example', policyWith('', { allowHttp: false }))).toBe('allowed');
  });

  test('with a closed port is refused unless an entry names that port', () => {
    for (const port of [1, 22, 25, 465, 587, 2525, 6379]) expect(url(`https://hook.example:${port}`)).toBe('refused');
    expect(url('https://hook.example:0', policyWith('hook.example'))).toBe('refused');
    expect(url('https://hook.example:587', policyWith('hook.example:587'))).toBe('allowed');
    expect(url('https://other.example:587', policyWith('hook.example:587'))).toBe('refused');
    expect(url('https://hook.example:587', policyWith('hook.example:587'), { personal: true })).toBe('refused');
  });
});

test('the open ports are 80, 443 and those from 1024 on, without mail and command ports', () => {
  expect([80, 443, 1024, 3000, 8080, 8443, 65_535].filter((port) => !isOpenPort(port))).toEqual([]);
  expect([0, 21, 22, 23, 25, 81, 110, 143, 1023, 2525, 6379, 65_536].filter(isOpenPort)).toEqual([]);
});

describe('the addresses of a name', () => {
  test('are all judged: one that is not public refuses the name', () => {
    expect(addresses(['8.8.8.8', '2606:4700::1111'], policyWith(''))).toBe('allowed');
    expect(addresses(['8.8.8.8', '10.0.0.1'], policyWith(''))).toBe('refused');
    expect(addresses(['8.8.8.8', '::1'], policyWith(''))).toBe('refused');
  });

  test('are named to instance admins only', () => {
    const verdict = judgeAddresses('hook.example', 443, ['10.1.2.3'], policyWith(''), team);
    expect(verdict).toMatchObject({ message: 'hook.example resolves to an address that is not allowed.' });
    expect(verdict.kind === 'refused' && verdict.adminMessage).toContain('10.1.2.3');
  });

  test('of a listed name may be any but metadata', () => {
    const policy = policyWith('hook.example');
    expect(addresses(['10.0.0.1', '127.0.0.1', '::1'], policy)).toBe('allowed');
    expect(addresses(['10.0.0.1'], policy, { host: 'other.example' })).toBe('refused');
    expect(addresses(['10.0.0.1'], policy, { host: 'sub.hook.example' })).toBe('refused');
    expect(addresses(['169.254.169.254'], policy)).toBe('refused');
    expect(addresses(['::ffff:a9fe:a9fe'], policy)).toBe('refused');
  });

  test('inside a listed range are allowed, each by itself', () => {
    const policy = policyWith('10.0.0.0/8, fd00::/8');
    expect(addresses(['10.255.255.255', 'fd12::1'], policy)).toBe('allowed');
    expect(addresses(['11.0.0.0', '10.0.0.0'], policy)).toBe('allowed');
    expect(addresses(['10.0.0.0', '192.168.0.1'], policy)).toBe('refused');
  });

  test('of metadata need an entry of exactly that address', () => {
    expect(addresses(['169.254.169.254'], policyWith('169.254.0.0/16'))).toBe('refused');
    expect(addresses(['169.254.169.254'], policyWith('169.254.169.254'))).toBe('allowed');
    expect(addresses(['fd00:ec2::254'], policyWith('fd00::/8'))).toBe('refused');
    expect(addresses(['fd00:ec2::254'], policyWith('[fd00:ec2::254]:443'))).toBe('allowed');
  });

  test('are allowed by an entry with a port on that port only', () => {
    for (const entry of ['hook.example:8443', '10.0.0.0/8:8443', '10.0.0.1:8443']) {
      expect(addresses(['10.0.0.1'], policyWith(entry), { port: 8443 })).toBe('allowed');
      expect(addresses(['10.0.0.1'], policyWith(entry), { port: 443 })).toBe('refused');
    }
    expect(addresses(['fd00::1'], policyWith('[fd00::/8]:8443'), { port: 8443 })).toBe('allowed');
  });

  test('on a closed port must be listed with that port', () => {
    expect(addresses(['8.8.8.8'], policyWith('8.8.8.8:587'), { port: 587 })).toBe('allowed');
    expect(addresses(['9.9.9.9'], policyWith('8.8.8.8:587'), { port: 587 })).toBe('refused');
  });

  test('of this machine are refused on every port, though they look public', () => {
    const policy = policyWith('', { ownAddresses: () => ['203.0.114.9', '2a00::9'] });
    expect(addresses(['203.0.114.9'], policy)).toBe('refused');
    expect(addresses(['2a00:0:0::9'], policy, { port: 8080 })).toBe('refused');
    expect(addresses(['203.0.114.10'], policy)).toBe('allowed');
  });

  test('for personal entities must be public, unless the operator lifts that', () => {
    expect(addresses(['10.0.0.1'], policyWith('hook.example'), { personal: true })).toBe('refused');
    expect(addresses(['10.0.0.1'], policyWith('hook.example', { personalMayUseEntries: true }), { personal: true })).toBe('allowed');
    expect(addresses(['8.8.8.8'], policyWith(''), { personal: true })).toBe('allowed');
  });
});

describe('HOOKLINE_EGRESS_ALLOW', () => {
  test('reads every form', () => {
    const parsed = parseEgressAllow(
      'Hook.Example. hook.example:8443,10.0.0.0/8, 10.0.0.0/8:8080\n10.0.0.5 10.0.0.5:81 [fd00::1]:443 [fd00::1] fd00::/8 fd00::/8:443 ::1',
    );
    expect(
      parsed.kind === 'parsed' && parsed.entries.map((entry) => [entry.kind === 'name' ? entry.name : entry.cidr, entry.port]),
    ).toEqual([
      ['hook.example', null],
      ['hook.example', 8443],
      ['10.0.0.0/8', null],
      ['10.0.0.0/8', 8080],
      ['10.0.0.5/32', null],
      ['10.0.0.5/32', 81],
      ['fd00::1/128', 443],
      ['fd00::1/128', null],
      ['fd00::/8', null],
      ['fd00::/8', 443],
      ['::1/128', null],
    ]);
  });

  test.each([
    'https://hook.example',
    'hook.example/path',
    '*.example',
    'hook.example:0',
    'hook.example:99999',
    'hook.example:x',
    '10.0.0.0/33',
    '10.0.0',
    '300.1.1.1',
    '0x7f.1',
    'fe80::1%eth0',
    '[fd00::1',
    'a..b',
  ])('"%s" is refused with a sentence that names the variable', (text) => {
    const parsed = parseEgressAllow(text);
    expect(parsed.kind === 'problem' && parsed.message).toContain('HOOKLINE_EGRESS_ALLOW');
  });
});
