import { IconDownload } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import { MenuItems } from '#client/ui/menu-items.tsx';
import { MOST_REPORTED, type ReportFormat } from '#shared/api/report.ts';
import { formatCount } from '#shared/base/counts.ts';
import { type ReportSelection, reportUrl } from './report-url.ts';

const FILES: readonly { readonly format: ReportFormat; readonly label: string }[] = [
  { format: 'markdown', label: 'Markdown' },
  { format: 'html', label: 'HTML, one file' },
  { format: 'json', label: 'JSON, every text as it came' },
];

/** One alert, or the chosen ones as one incident, for someone who works elsewhere. */
export function ReportMenu({ selection, count }: { readonly selection: ReportSelection; readonly count: number }) {
  const page = reportUrl(selection, { format: 'html', view: 'inline' });
  return (
    <MenuButton label="Report" icon={IconDownload}>
      <MenuItems>
        {page === null ? (
          <p>Too many alerts are left out one by one. Narrow the filter instead, then choose all of them.</p>
        ) : (
          <>
            <a href={page} target="_blank" rel="noopener noreferrer">
              Open to read or print
            </a>
            {FILES.map(({ format, label }) => (
              <a key={format} href={reportUrl(selection, { format }) ?? undefined} download>
                {label}
              </a>
            ))}
            <p className="dim">
              {count > MOST_REPORTED
                ? `The first ${MOST_REPORTED} of ${formatCount(count)} alerts; the report says so.`
                : 'Why it fired, tree, findings, evidence, timeline, and the digests of all records.'}
            </p>
          </>
        )}
      </MenuItems>
    </MenuButton>
  );
}
