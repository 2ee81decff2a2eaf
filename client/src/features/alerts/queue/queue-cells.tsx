import { warmUpWords } from '#client/format/words.ts';
import { IconAlertTriangle, IconClock } from '#client/ui/icons.ts';
import { Absent, Mono } from '#client/ui/text.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import classes from './queue-cells.module.css';

export function QueueCommand({ alert }: { readonly alert: Alert }) {
  const warmUp = warmUpWords(alert.historyCovered);
  return (
    <span className={classes['command']}>
      <Mono text={alert.commandLine} absent="no command line" />
      {warmUp ? <WarmUp words={warmUp} /> : null}
    </span>
  );
}

/** A mark that takes no room from the command line beside an open alert; the detail says it in words. */
function WarmUp({ words }: { readonly words: string }) {
  return (
    <span className={classes['warmUp']} title={words}>
      <IconClock size={13} stroke={2} />
      <span>warm-up</span>
    </span>
  );
}

/** The first of several values, and how many more there are. */
export function Several({ values, word }: { readonly values: readonly string[]; readonly word: string }) {
  const [first] = values;
  if (first === undefined) return <Absent words={`no ${word}`} />;
  if (values.length === 1) return <Mono text={first} />;
  return (
    <span title={values.join(', ')}>
      <Mono text={first} /> <span className="dim">+{values.length - 1}</span>
    </span>
  );
}

/** How many of its guide's steps are answered. */
export function GuideProgress({ alert }: { readonly alert: Alert }) {
  if (alert.stepsTotal === 0) return <Absent words="no guide" />;
  const stale = alert.stepsStale > 0;
  const words = `${alert.stepsAnswered} of ${alert.stepsTotal} steps answered${stale ? `, ${alert.stepsStale} out of date: later data contradicts` : ''}`;
  return (
    <span
      title={words}
      data-done={alert.stepsAnswered > 0 && !stale}
      data-stale={stale}
      className={classes['progress']}
    >
      {alert.stepsAnswered}/{alert.stepsTotal}
      {stale ? (
        <>
          <IconAlertTriangle size={13} stroke={2} />
          <span className="visually-hidden">{`${alert.stepsStale} out of date`}</span>
        </>
      ) : null}
    </span>
  );
}
