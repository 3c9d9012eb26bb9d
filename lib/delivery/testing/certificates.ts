import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Certificate = { key: string; cert: string };

/** A throw-away authority and certificates it signed, made by openssl: one per name, and one that has expired. */
export function makeCertificates(names: readonly string[]): {
  authority: Certificate;
  byName: Record<string, Certificate>;
  expired: Certificate;
} {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test authority', '-days', '2');
  const issue = (name: string, days: string): Certificate => {
    openssl('req', ...newKey, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', `/CN=${name}`);
    writeFileSync(path('san.cnf'), `subjectAltName=DNS:${name}\n`);
    openssl(
      'x509',
      '-req',
      '-in',
      'leaf.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      days,
      '-extfile',
      'san.cnf',
      '-out',
      'leaf.pem',
    );
    return { key: readFileSync(path('leaf.key'), 'utf8'), cert: readFileSync(path('leaf.pem'), 'utf8') };
  };
  try {
    return {
      byName: Object.fromEntries(names.map((name) => [name, issue(name, '2')])),
      expired: issue(names[0]!, '-1'),
      authority: { key: readFileSync(path('ca.key'), 'utf8'), cert: readFileSync(path('ca.pem'), 'utf8') },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
