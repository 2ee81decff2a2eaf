import { formatCount } from '#shared/base/counts.ts';

/** `12.4k`, `3.1M`: where room is short; exact below 10,000. */
export function compactCount(count: number): string {
  if (count < 10_000) return formatCount(count);
  if (count < 1_000_000) return `${trim(count / 1000)}k`;
  return `${trim(count / 1_000_000)}M`;
}

/** A share from 0 to 1 as `12 %`; `<1 %` for what would round to nothing. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %';
  return `${Math.round(share * 100)} %`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in powers of 1000: `4.2 MB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(BYTE_UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${trim(bytes / 1000 ** power)} ${BYTE_UNITS[power]}`;
}

const trim = (value: number): string =>
  value >= 100 ? Math.round(value).toString() : String(Number(value.toFixed(1)));
