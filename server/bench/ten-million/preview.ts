import { ruleBookOf } from '#server/alerts/rule-book.ts';
import { previewDraft } from '#server/exceptions/preview.ts';
import { loadRules } from '#server/rules/load.ts';
import type { TimeRange } from '#server/rules/ticks.ts';
import { openState } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { exceptionDraftSchema } from '#shared/exceptions/item.ts';
import type { Week } from './measurements.ts';

/** A form asks with every key that is struck: each time another draft, over a range that it has asked about before. */
export async function measurePreview({ measure, rounds }: Week, store: EventStore, range: TimeRange): Promise<void> {
  const state = await openState(':memory:');
  const library = await loadRules('rules');
  const context = {
    state,
    store,
    rules: ruleBookOf(library, { catalogue: ECS_PROCESS }),
    now: range.to,
    signal: new AbortController().signal,
    openEmpty: () => openReferenceStore({ catalogue: ECS_PROCESS }),
  };
  for (const { rule } of library.rules) {
    const preview = async (round: number) => {
      const value = `* ${round % 4}*`;
      const draft = exceptionDraftSchema.parse({
        ...{
          rule: rule.slug,
          name: 'a preview',
          reason: 'a measure',
          stage: 'event',
          enabled: true,
          expiresAt: null,
          origin: null,
        },
        entries: [{ type: 'wildcard', field: 'process.command_line', operator: 'included', value }],
      });
      const { removed, kept, created, matchedEvents } = await previewDraft(context, {
        draft,
        replaces: undefined,
        range,
      });
      return `${matchedEvents} events, ${removed} alerts removed, ${kept} kept, ${created} created`;
    };
    await measure(`${rule.slug}: preview of an exception, first`, 1, () => preview(rounds));
    await measure(`${rule.slug}: preview of an exception`, Math.min(rounds, 4), preview);
  }
  await state.destroy();
}
