import type { ReactNode } from 'react';
import { SEVERITY_WORDS, STATUS_WORDS, VERDICT_WORDS } from '#client/format/words.ts';
import type { AlertStatus, Verdict } from '#shared/alert/alert.ts';
import type { AlertSeverity } from '#shared/rule/rule.ts';
import {
  IconAlertCircle,
  IconAlertOctagon,
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconInfoCircle,
} from './icons.ts';
import classes from './marks.module.css';

const SEVERITY_ICONS = {
  low: IconInfoCircle,
  medium: IconAlertCircle,
  high: IconAlertTriangle,
  critical: IconAlertOctagon,
} as const;

export function SeverityMark({ severity }: { readonly severity: AlertSeverity }) {
  const Icon = SEVERITY_ICONS[severity];
  return (
    <span className={classes['mark']} data-tone={severity}>
      <Icon size={14} stroke={2} />
      {SEVERITY_WORDS[severity]}
    </span>
  );
}

const STATUS_ICONS = { open: IconCircle, acknowledged: IconCircleDashed, closed: IconCircleCheck } as const;

export function StatusMark({ status }: { readonly status: AlertStatus }) {
  const Icon = STATUS_ICONS[status];
  return (
    <span className={classes['mark']} data-tone={status}>
      <Icon size={14} stroke={2} />
      {STATUS_WORDS[status]}
    </span>
  );
}

const VERDICT_TONES: Readonly<Record<Verdict, string>> = {
  'true-positive-impact': 'critical',
  'true-positive-no-impact': 'high',
  benign: 'good',
  'false-positive': 'low',
  duplicate: 'low',
  inconclusive: 'medium',
};

export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  return (
    <span className={classes['mark']} data-tone={VERDICT_TONES[verdict]}>
      {VERDICT_WORDS[verdict]}
    </span>
  );
}

export type Tone = 'plain' | 'accent' | 'low' | 'medium' | 'high' | 'critical' | 'good';

/** A small label. The words carry the meaning; the tone only helps to find it. */
export function Tag({
  tone = 'plain',
  title,
  children,
}: {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes['tag']} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
