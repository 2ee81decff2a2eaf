import type { AlertSeverity } from '../rule/rule.ts';
import type { AlertStatus, Verdict } from './alert.ts';

export const STATUS_WORDS: Readonly<Record<AlertStatus, string>> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  closed: 'Closed',
};

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  'true-positive-impact': 'True positive, impact',
  'true-positive-no-impact': 'True positive, no impact',
  benign: 'Benign',
  'false-positive': 'False positive',
  duplicate: 'Duplicate',
  inconclusive: 'Inconclusive',
};

export const SEVERITY_WORDS: Readonly<Record<AlertSeverity, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};
