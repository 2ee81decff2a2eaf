import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { makeReport } from '#server/report/report.ts';
import { type ReportFormat, reportQuerySchema } from '#shared/api/report.ts';
import { REPORT_STYLE } from '#shared/report/html-style.ts';
import { instantParam } from '../instant-param.ts';
import { checked } from '../route.ts';
import type { Services } from '../services.ts';

const TYPES: Readonly<Record<ReportFormat, string>> = {
  markdown: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

const styleDigest = createHash('sha256').update(REPORT_STYLE).digest('base64');
/** The page's own style and nothing else, in an origin of its own: it is made of what attackers wrote. */
const POLICY = `default-src 'none'; style-src 'sha256-${styleDigest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox`;

/** A report as a file, or as a page to print. */
export const downloadReport =
  (services: Services): RequestHandler =>
  async (request, response) => {
    const query = checked('query', reportQuerySchema, request.query);
    instantParam('query.from', query.from);
    instantParam('query.to', query.to);
    const controller = new AbortController();
    response.once('close', () => controller.abort());
    const { name, text } = await makeReport(services, services.author(), query, controller.signal);
    if (query.view === 'attachment') response.attachment(name);
    response.set({ 'Content-Type': TYPES[query.format], 'Content-Security-Policy': POLICY });
    response.send(text);
  };
