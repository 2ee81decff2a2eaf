import { urlOf } from '#client/api/call.ts';
import type { AlertFilter } from '#shared/api/alert-filter.ts';
import { MOST_REPORTED, REPORT_PATH, type ReportFormat } from '#shared/api/report.ts';

export type ReportSelection =
  | { readonly ids: readonly string[] }
  | { readonly filter: AlertFilter; readonly except: readonly string[] };

/** What an address can carry; whoever leaves out more has another filter in mind. */
const MOST_EXCEPT = 200;

/** Where the report about these alerts is; null where they cannot be named in an address. */
export function reportUrl(
  selection: ReportSelection,
  { format, view = 'attachment' }: { readonly format: ReportFormat; readonly view?: 'inline' | 'attachment' },
): string | null {
  if ('ids' in selection) {
    const { ids } = selection;
    const asked = ids.length > MOST_REPORTED ? ids.length : undefined;
    return urlOf(REPORT_PATH, { query: { format, view, id: ids.slice(0, MOST_REPORTED), asked } });
  }
  const { filter, except } = selection;
  if (except.length > MOST_EXCEPT) return null;
  return urlOf(REPORT_PATH, { query: { ...filter, except, format, view } });
}
