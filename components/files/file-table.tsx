import { Download } from 'lucide-react';
import { buttonClass } from '#components/ui/button-class.ts';
import { formatBytes } from '#components/ui/format-bytes.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { MENU_COLUMN, Table } from '#components/ui/table.tsx';

export interface ShownFile {
  path: string;
  sizeBytes: number;
  /** When it was uploaded; left away where all came at once. */
  at?: number;
  /** Where it lies instead, when its content is not here. */
  reference?: string | null;
  /** Where the browser saves it from; null for who may not have it. */
  href: string | null;
}

/** Files with size and a way to save each; absent while they load. */
export function FileTable({ files, withTime = false }: { files?: readonly ShownFile[]; withTime?: boolean }) {
  return (
    <Table
      caption="Files"
      items={files}
      keyOf={({ path }) => path}
      columns={[
        { head: 'Path', bar: 'w-64', cell: (file) => <Path {...file} /> },
        withTime && {
          head: 'Uploaded',
          width: 128,
          align: 'right',
          hide: 'phone',
          bar: 'w-16',
          cell: ({ at }) => at !== undefined && <RelativeTime at={at} />,
        },
        { head: 'Size', width: 104, align: 'right', bar: 'w-12', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
        {
          ...MENU_COLUMN,
          head: 'Download',
          cell: ({ path, href, reference }) =>
            href &&
            !reference && (
              <a href={href} download className={buttonClass('ghost', 'sm', true)} aria-label={`Download ${path}`}>
                <Download />
              </a>
            ),
        },
      ]}
    />
  );
}

function Path({ path, reference }: ShownFile) {
  const cut = path.lastIndexOf('/') + 1;
  return (
    <>
      <span className="block truncate font-mono text-[12px]" title={path}>
        <span className="text-fg-3">{path.slice(0, cut)}</span>
        {path.slice(cut)}
      </span>
      {reference && <span className="block truncate font-mono text-[12px] text-fg-3">{reference}</span>}
    </>
  );
}
