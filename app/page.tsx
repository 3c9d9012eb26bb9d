import { hello } from '#lib/runtime/hello.ts';

export const dynamic = 'force-dynamic';

export default function Home() {
  return <p>{hello()}</p>;
}
