/** First stop of the keyboard; shows itself only when focused. */
export function SkipLink({ target = 'main' }: { target?: string }) {
  return (
    <a
      href={`#${target}`}
      className="surface-raised absolute -top-16 left-2 z-50 rounded-control border border-line-strong px-3 py-1.5 text-small font-medium focus:top-2"
    >
      Skip to content
    </a>
  );
}
