import { unreachable } from '../base/assert.ts';
import { writeHtml } from './html.ts';
import { writeMarkdown } from './markdown.ts';
import type { Report } from './report.ts';
import { reportBlocks, reportTitle } from './report-blocks.ts';

/** A report as a file's text. */
export function writeReport(report: Report, format: 'markdown' | 'html' | 'json'): string {
  switch (format) {
    case 'markdown':
      return writeMarkdown(reportBlocks(report));
    case 'html':
      return writeHtml(reportTitle(report), reportBlocks(report));
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    default:
      return unreachable(format);
  }
}
