import { useEndpoint } from '#client/api/use-endpoint.ts';
import { seriesColor } from '#client/ui/chart/series-color.ts';
import { groupAlerts } from '#shared/api/alerts.ts';
import { listRules } from '#shared/api/rules.ts';
import { formatCount } from '#shared/base/counts.ts';
import { filterOf, type QueueSearch, STATUS_CHOICES } from '../queue-search.ts';
import classes from './kpi-strip.module.css';
import { toggled } from './toggled.ts';

interface Counts {
  readonly open: number;
  readonly acknowledged: number;
  readonly closed: number;
  readonly stale: number;
}

const WORDS = { open: 'Open', acknowledged: 'Acknowledged', closed: 'Closed', all: 'All' } as const;

/** What is not read yet is not none. */
const numberText = (count: number | undefined): string => (count === undefined ? '·' : formatCount(count));

/** How much there is in each state, and by rule; each number is also the switch to it. */
export function KpiStrip({
  search,
  counts,
  ready,
  onChange,
}: {
  readonly search: QueueSearch;
  readonly counts: Counts | null;
  /** The rows are there: what is counted beside them does not keep them waiting. */
  readonly ready: boolean;
  readonly onChange: (change: Partial<QueueSearch>) => void;
}) {
  const { rule: _, ...others } = filterOf(search);
  const groups = useEndpoint(groupAlerts, { query: { ...others, by: 'rule' } }, { keepPrevious: true, enabled: ready });
  const rules = useEndpoint(listRules, {});
  const numberOf = (choice: (typeof STATUS_CHOICES)[number]): number | undefined => {
    if (!counts) return undefined;
    return choice === 'all' ? counts.open + counts.acknowledged + counts.closed : counts[choice];
  };
  return (
    <div className={classes['strip']}>
      <fieldset className={classes['group']}>
        <legend className="visually-hidden">Status</legend>
        {STATUS_CHOICES.map((choice) => (
          <button
            key={choice}
            type="button"
            className={classes['kpi']}
            aria-pressed={search.status === choice}
            onClick={() => onChange({ status: choice, open: undefined })}
          >
            <b>{numberText(numberOf(choice))}</b> {WORDS[choice]}
          </button>
        ))}
        {counts && (counts.stale > 0 || search.answers) ? (
          <button
            type="button"
            className={classes['kpi']}
            aria-pressed={search.answers === 'stale'}
            title="Alerts, also closed ones, with findings that later data contradicts"
            onClick={() =>
              onChange(search.answers ? { answers: undefined } : { answers: 'stale', status: 'all', open: undefined })
            }
          >
            <b>{formatCount(counts.stale)}</b> Findings out of date
          </button>
        ) : null}
      </fieldset>
      <fieldset className={classes['group']}>
        <legend className="visually-hidden">Rule</legend>
        {(rules.data?.rules ?? []).map(({ slug, name }, index) => (
          <button
            key={slug}
            type="button"
            className={classes['kpi']}
            aria-pressed={search.rule.includes(slug)}
            onClick={() => onChange({ rule: toggled(search.rule, slug) })}
          >
            <i className={classes['swatch']} style={{ background: seriesColor(index) }} />
            <b>{numberText(groups.data && (groups.data.groups.find(({ value }) => value === slug)?.alerts ?? 0))}</b>
            <span className={classes['rule']} title={name}>
              {name}
            </span>
          </button>
        ))}
      </fieldset>
    </div>
  );
}
