import Link from 'next/link';

export interface Crumb {
  label: string;
  /** Absent on the last one, the page itself, and on a step that has no page. */
  href?: string;
}

/** Where the page is. On phones only the last two are shown. */
export function Breadcrumbs({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="min-w-0 flex-1 text-small text-fg-2">
      <ol className="flex min-w-0 items-center">
        {items.map((crumb, index) => (
          <li
            key={`${crumb.href ?? ''} ${crumb.label}`}
            className="flex min-w-0 items-center whitespace-nowrap not-first:before:mx-1.5 not-first:before:text-fg-3 not-first:before:content-['/'] max-sm:not-nth-last-[-n+2]:hidden max-sm:nth-last-2:before:hidden"
          >
            {index === items.length - 1 ? (
              <span aria-current="page" className="truncate font-medium text-fg">
                {crumb.label}
              </span>
            ) : crumb.href ? (
              <Link href={crumb.href} className="-mx-0.5 truncate rounded-xs p-0.5 hover:text-fg">
                {crumb.label}
              </Link>
            ) : (
              <span className="truncate">{crumb.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
