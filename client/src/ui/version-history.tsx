import { type ReactNode, useState } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from './button.tsx';
import { type DataColumn, DataTable } from './data-table.tsx';
import { Dialog } from './overlays.tsx';
import { ReasonForm, type Reasons } from './reason-form.tsx';
import { TimeText } from './time-text.tsx';
import classes from './version-history.module.css';

/** A state that something was in. */
export interface ShownVersion {
  readonly version: number;
  /** Null for what it began as, which nobody here made. */
  readonly made: { readonly at: string; readonly actor: string; readonly why: string } | null;
}

/** To go back to a version. */
interface GoingBack {
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly go: (to: number, reasons: Reasons) => void;
}

interface HistoryProps {
  readonly title: string;
  /** Newest, which is in force, first; at least one. */
  readonly versions: readonly ShownVersion[];
  /** What differs between two of them. */
  readonly compare: (before: number, after: number) => ReactNode;
  readonly back: GoingBack;
  readonly onClose: () => void;
}

const COLUMNS: readonly DataColumn[] = ['From', 'To', 'Version', 'When', 'By', 'Why', 'Back'].map((name) => ({ name }));

const nameOf = (version: number): string => (version === 0 ? 'the shipped version' : `version ${version}`);

/** Every state of something with who, when and why; any two side by side; and the way back to each. */
export function VersionHistory({ title, versions, compare, back, onClose }: HistoryProps) {
  const newest = versions[0]?.version ?? 0;
  const [pair, setPair] = useState({ before: versions[1]?.version ?? newest, after: newest });
  const [wanted, setWanted] = useState<number | null>(null);
  return (
    <Dialog title={title} open onClose={onClose} size="xl">
      {wanted === null ? (
        <>
          <DataTable label="Versions" columns={COLUMNS} height="34vh">
            {versions.map(({ version, made }) => (
              <tr key={version}>
                {(['before', 'after'] as const).map((end) => (
                  <td key={end}>
                    <input
                      type="radio"
                      name={end}
                      aria-label={`Compare ${end === 'before' ? 'from' : 'to'} ${nameOf(version)}`}
                      checked={pair[end] === version}
                      onChange={() => setPair({ ...pair, [end]: version })}
                    />
                  </td>
                ))}
                <td>{version === 0 ? 'as shipped' : version}</td>
                <td>{made ? <TimeText iso={made.at} /> : null}</td>
                <td>{made ? visibleText(made.actor) : null}</td>
                <td data-wraps="true">{made ? visibleText(made.why) : null}</td>
                <td>
                  {version === newest ? (
                    <span className="dim">in force</span>
                  ) : (
                    <Button onClick={() => setWanted(version)}>Go back to it</Button>
                  )}
                </td>
              </tr>
            ))}
          </DataTable>
          <section className={classes['compared']}>
            <h3>
              From {nameOf(pair.before)} to {nameOf(pair.after)}
            </h3>
            {compare(pair.before, pair.after)}
          </section>
        </>
      ) : (
        <>
          <ReasonForm
            label={`Go back to ${nameOf(wanted)}`}
            asks={{ why: `Why it goes back to ${nameOf(wanted)}`, override: 'Why it may go back all the same' }}
            action={`Go back to ${nameOf(wanted)}`}
            busy={back.isPending}
            error={back.error}
            onSubmit={(reasons) => back.go(wanted, reasons)}
            onCancel={() => setWanted(null)}
          />
          <section className={classes['compared']}>
            <h3>What that changes</h3>
            {compare(newest, wanted)}
          </section>
        </>
      )}
    </Dialog>
  );
}
