import { createSocket } from 'node:dgram';
import { rmSync } from 'node:fs';
import { e2eInstance, RECEIVER_DOMAIN } from './instance.ts';

const TYPE_A = 1;
const NAME_ERROR = 3;
const LOOPBACK = [127, 0, 0, 1];

/** Answers for the receivers' domain and knows nothing else; so the product's own resolver and guard are in the path. */
export default async function startNameServer(): Promise<() => Promise<void>> {
  const socket = createSocket('udp4');
  socket.on('message', (query, peer) => socket.send(answerTo(query), peer.port, peer.address));
  await new Promise<void>((resolve) => socket.bind(Number(process.env.E2E_DNS_PORT), '127.0.0.1', resolve));
  return async () => {
    await new Promise<void>((resolve) => socket.close(() => resolve()));
    for (const path of [process.env.E2E_DATA_DIR!, e2eInstance().secretsFile]) rmSync(path, { recursive: true, force: true });
  };
}

/** RFC 1035, as much as one question needs: the header, the question again, and one A record. */
export function answerTo(query: Buffer): Buffer {
  const { name, end } = questionOf(query);
  const known = name === RECEIVER_DOMAIN || name.endsWith(`.${RECEIVER_DOMAIN}`);
  const wantsAddress = query.readUInt16BE(end - 4) === TYPE_A;
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2); // the same id
  header.writeUInt16BE(0x8180 | (known ? 0 : NAME_ERROR), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(known && wantsAddress ? 1 : 0, 6);
  const record = Buffer.from([0xc0, 12, 0, TYPE_A, 0, 1, 0, 0, 0, 1, 0, 4, ...LOOPBACK]);
  return Buffer.concat([header, query.subarray(12, end), ...(known && wantsAddress ? [record] : [])]);
}

function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 5 };
}
