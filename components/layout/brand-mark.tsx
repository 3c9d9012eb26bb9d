/** The hook. Takes the colour of the text around it. */
export function BrandMark({ className = 'size-[18px]' }: { className?: string }) {
  return (
    <svg
      viewBox="-1 0 20 24"
      aria-hidden="true"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <circle cx="14" cy="4" r="2.25" fill="currentColor" stroke="none" />
      <path d="M14 6v9.5a5.5 5.5 0 0 1-11 0V13" />
      <path d="M3 13l3.2 3.2" />
    </svg>
  );
}
