import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { problemOf } from '#client/format/problem.ts';
import { Button, type IconType } from './button.tsx';
import { IconAlertTriangle, IconInfoCircle, IconRefreshDot } from './icons.ts';
import classes from './states.module.css';

/** Nothing to show: says which kind of nothing, and what to do about it. */
export function Empty({
  title,
  children,
  action,
  icon: Icon,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly icon?: IconType;
}) {
  return (
    <div className={classes['empty']}>
      {Icon ? <Icon size={28} stroke={1.4} className={classes['icon'] ?? ''} /> : null}
      <h2>{title}</h2>
      {children ? <div className={classes['text']}>{children}</div> : null}
      {action ? <div className={classes['action']}>{action}</div> : null}
    </div>
  );
}

/** Something could not be read. Never looks like nothing found. What does not exist is not asked for again. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { code, message, remedy, details } = problemOf(error);
  return (
    <div className={classes['notice']} data-tone="critical" role="alert">
      <IconAlertTriangle size={17} />
      <div>
        <strong>{message}</strong>
        {remedy ? <p>{remedy}</p> : null}
        {details?.map((detail) => (
          <p key={`${detail.path} ${detail.message}`}>
            {detail.path}: {detail.message}
          </p>
        ))}
      </div>
      {retry && code !== 'not-found' ? (
        <Button icon={IconRefreshDot} onClick={retry}>
          Try again
        </Button>
      ) : null}
    </div>
  );
}

export function Notice({
  tone = 'accent',
  title,
  children,
  action,
}: {
  readonly tone?: 'accent' | 'medium' | 'critical' | 'good';
  readonly title?: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  const Icon = tone === 'accent' || tone === 'good' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={classes['notice']} data-tone={tone}>
      <Icon size={17} />
      <div>
        {title ? <strong>{title}</strong> : null}
        {children ? <div>{children}</div> : null}
      </div>
      {action}
    </div>
  );
}

/** Grey lines where rows will be, at their height: nothing moves when they come. */
export function SkeletonRows({ rows = 8 }: { readonly rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className={classes['bones']}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all rows are alike
        <div key={index} className={classes['bone']}>
          <span />
        </div>
      ))}
    </div>
  );
}

/** How much of something is done, in a bar and in words. */
export function ProgressBar({
  label,
  share,
  tone = 'accent',
}: {
  readonly label: string;
  /** 0 to 1; null while unknown. */
  readonly share: number | null;
  readonly tone?: 'accent' | 'good' | 'critical';
}) {
  const color = { accent: 'iris', good: 'green', critical: 'red' }[tone];
  return (
    <Progress.Root size={6} radius={3} aria-label={label}>
      <Progress.Section
        value={(share ?? 1) * 100}
        color={color}
        animated={share === null}
        striped={share === null}
        aria-label={label}
      />
    </Progress.Root>
  );
}
