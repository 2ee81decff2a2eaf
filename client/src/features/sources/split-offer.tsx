import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import rows from '#client/ui/rows.module.css';
import type { SourcesAnswer } from '#shared/api/sources.ts';
import { useSplit } from './use-split.ts';

/** A source that may send merged documents and does not have them split. */
export interface Merger {
  readonly id: string;
  readonly name: string;
}

/** Streams seen to send merged documents; where none is, uploads that may hold them. */
export function mergersAmong({ sources, uploaded }: SourcesAnswer): readonly Merger[] {
  const streams = sources.filter(({ arrivals, splitMerged }) => arrivals.merged > 0 && !splitMerged);
  if (streams.length > 0 || sources.some(({ arrivals }) => arrivals.merged > 0)) return streams;
  return uploaded
    .filter(({ id, splitMerged }) => mayMerge(id) && !splitMerged)
    .map(({ id, title }) => ({ id, name: `uploads of ${title}` }));
}

/** Records of these sources are ECS documents as they come. */
export const mayMerge = (id: string): boolean => /^upload:(?:ecs|elastic-|kibana-)/.test(id);

/** The way out of what merged documents hide, in one click. */
export function SplitOffer({ mergers }: { readonly mergers: readonly Merger[] }) {
  const { split, busy } = useSplit();
  return (
    <div className={rows['figures']}>
      {mergers.map(({ id, name }) => (
        <Button
          key={id}
          busy={busy === id}
          title="Each action becomes an event of its own, from now on; what is stored stays as it is"
          onClick={() => split(id, name, true)}
        >
          Split merged documents of {visibleText(name)} from now on
        </Button>
      ))}
    </div>
  );
}
