import { Download } from 'lucide-react';
import { buttonClass } from '#components/ui/button-class.ts';
import { formatBytes } from '#components/ui/format-bytes.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SkeletonRows, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';

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
    <Table caption="Files">
      <TableHead>
        <Th>Path</Th>
        {withTime && (
          <Th width={128} align="right" hide="phone">
            Uploaded
          </Th>
        )}
        <Th width={104} align="right">
          Size
        </Th>
        <Th width={58} silent>
          Download
        </Th>
      </TableHead>
      <TableBody>
        {files ? (
          files.map((file) => <FileRow key={file.path} file={file} withTime={withTime} />)
        ) : (
          <SkeletonRows
            columns={[
              { width: 'w-64' },
              ...(withTime ? [{ width: 'w-16', align: 'right' as const, hide: 'phone' as const }] : []),
              { width: 'w-12', align: 'right' },
              { width: '' },
            ]}
          />
        )}
      </TableBody>
    </Table>
  );
}

function FileRow({ file: { path, sizeBytes, at, reference, href }, withTime }: { file: ShownFile; withTime: boolean }) {
  const cut = path.lastIndexOf('/') + 1;
  return (
    <Tr>
      <Td>
        <span className="block truncate font-mono text-[12px]" title={path}>
          <span className="text-fg-3">{path.slice(0, cut)}</span>
          {path.slice(cut)}
        </span>
        {reference && <span className="block truncate font-mono text-[12px] text-fg-3">{reference}</span>}
      </Td>
      {withTime && (
        <Td align="right" hide="phone">
          {at !== undefined && <RelativeTime at={at} />}
        </Td>
      )}
      <Td align="right">{formatBytes(sizeBytes)}</Td>
      <Td menu>
        {href && !reference && (
          <a href={href} download className={buttonClass('ghost', 'sm', true)} aria-label={`Download ${path}`}>
            <Download />
          </a>
        )}
      </Td>
    </Tr>
  );
}
