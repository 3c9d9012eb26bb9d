export default function Home() {
  return <p>Hookline</p>;
}
