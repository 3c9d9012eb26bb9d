import { createSocket } from 'node:dgram';
import { normalizeAddress } from '../egress-addresses.ts';

/** What the server knows of one name; a function is asked at every question. Silent: it never answers. */
export type DnsRecords = {
  a?: string[];
  aaaa?: string[];
  cname?: string;
  silent?: boolean;
  silentAaaa?: boolean;
  refuses?: boolean;
  delayMs?: number;
};
export type DnsServer = { address: string; questions: string[]; close(): void };

const TYPE = { a: 1, cname: 5, aaaa: 28 } as const;

/** A DNS server on loopback for tests: it answers A, AAAA and CNAME with TTL 0. Unknown names do not exist. */
export async function startDnsServer(zone: Readonly<Record<string, DnsRecords | (() => DnsRecords)>>): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const questions: string[] = [];
  socket.on('message', (query, peer) => {
    const { name, type, end } = readQuestion(query);
    questions.push(`${type === TYPE.a ? 'A' : type === TYPE.aaaa ? 'AAAA' : 'CNAME'} ${name}`);
    const entry = zone[name];
    const records = typeof entry === 'function' ? entry() : entry;
    if (records?.silent || (records?.silentAaaa && type === TYPE.aaaa)) return;
    const rcode = records === undefined ? 3 : records.refuses ? 2 : 0;
    const answer = reply(query.subarray(0, end), rcode, records && rcode === 0 ? answers(records, type) : []);
    const send = () => socket.send(answer, peer.port, peer.address);
    if (records?.delayMs) setTimeout(send, records.delayMs);
    else send();
  });
  await new Promise<void>((ready) => socket.bind(0, '127.0.0.1', ready));
  return { address: `127.0.0.1:${socket.address().port}`, questions, close: () => void socket.close() };
}

function answers({ a = [], aaaa = [], cname }: DnsRecords, type: number): Buffer[] {
  const alias = cname ? [record(TYPE.cname, encodeName(cname))] : [];
  if (type === TYPE.a) return [...alias, ...a.map((address) => record(TYPE.a, Buffer.from(address.split('.').map(Number))))];
  if (type === TYPE.aaaa) return [...alias, ...aaaa.map((address) => record(TYPE.aaaa, v6Bytes(address)))];
  return alias;
}

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0); // the name of the question
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function reply(question: Buffer, rcode: number, records: Buffer[]): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180 | rcode, 2);
  head.writeUInt16BE(records.length, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  return Buffer.concat([head, ...records]);
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

const encodeName = (name: string) =>
  Buffer.concat([...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])]);

const v6Bytes = (address: string) =>
  Buffer.from(
    normalizeAddress(address)!
      .split(':')
      .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
