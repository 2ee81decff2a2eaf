import type { UseQueryResult } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import * as z from 'zod';
import type { AnswerOf } from '#client/api/call.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonLink } from '#client/ui/button-link.tsx';
import { IconPlus, IconShieldOff } from '#client/ui/icons.ts';
import { Page, Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Empty } from '#client/ui/states.tsx';
import { TabList } from '#client/ui/tab-list.tsx';
import { listExceptions, reviewExceptions } from '#shared/api/exceptions.ts';
import { formatCount } from '#shared/base/counts.ts';
import { anyEntrySchema, type Exception, type ExceptionDraft } from '#shared/exceptions/item.ts';
import type { ExceptionFilter } from './exception-filter.ts';
import { ExceptionForm } from './exception-form.tsx';
import { ExceptionList } from './exception-list.tsx';
import { ExceptionLists } from './exception-lists.tsx';
import classes from './exceptions.module.css';
import type { ExceptionsSearch } from './exceptions-search.ts';
import { ExportMenu } from './export-menu.tsx';
import { FragmentsButton } from './fragments-dialog.tsx';
import { ReviewQueue } from './review-queue.tsx';
import { SuggestionsTab } from './suggestions-tab.tsx';

const route = getRouteApi('/exceptions');

/** Every exception with what it says; one of them, or a new one, open for writing. */
export function ExceptionsPage() {
  const search = route.useSearch();
  const { edit, rule, name, entries, tab } = search;
  const navigate = route.useNavigate();
  const query = useEndpoint(listExceptions, {});
  const toReview = useEndpoint(reviewExceptions, {}).data?.items.length ?? 0;
  const narrowed = ({ text, state, rules }: ExceptionFilter): ExceptionFilter => ({ text, state, rules });
  const open = (id: string | undefined): void => void navigate({ search: (now) => ({ ...narrowed(now), edit: id }) });
  const filter = (change: Partial<ExceptionFilter>): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  return (
    <Page
      title="Exceptions"
      note="What the rules leave out, and why"
      actions={
        <>
          <ButtonLink to="/import">Import</ButtonLink>
          <ExportMenu />
          <FragmentsButton />
          <Button look="primary" icon={IconPlus} onClick={() => open('new')}>
            New exception
          </Button>
        </>
      }
    >
      {edit === 'new' ? (
        <Writing
          key={`${rule} ${name} ${entries}`}
          title="New exception"
          existing={null}
          start={{ ...(rule ? { rule } : {}), ...(name ? { name } : {}), entries: readEntries(entries) }}
          onDone={() => open(undefined)}
        />
      ) : null}
      <div className={classes['tabs']}>
        <TabList
          label="Exceptions"
          value={tab}
          onChange={(next) => void navigate({ search: { tab: next } })}
          tabs={[
            {
              value: 'all',
              label: 'Exceptions',
              panel: () => <All query={query} search={search} open={open} onFilter={filter} />,
            },
            { value: 'suggestions', label: 'Suggestions', panel: () => <SuggestionsTab /> },
            {
              value: 'review',
              label: 'Review',
              ...(toReview > 0 && { badge: formatCount(toReview) }),
              panel: () => <ReviewQueue onEdit={open} />,
            },
            { value: 'lists', label: 'Lists', panel: () => <ExceptionLists /> },
          ]}
        />
      </div>
    </Page>
  );
}

function All({
  query,
  search,
  open,
  onFilter,
}: {
  readonly query: UseQueryResult<AnswerOf<typeof listExceptions>>;
  readonly search: ExceptionsSearch;
  readonly open: (id: string | undefined) => void;
  readonly onFilter: (change: Partial<ExceptionFilter>) => void;
}) {
  return (
    <QueryView query={query}>
      {({ exceptions }) => {
        const edited = exceptions.find(({ id }) => id === search.edit);
        if (exceptions.length === 0) {
          return (
            <Empty title="No exceptions" icon={IconShieldOff}>
              Make one from an alert’s guide, where its conditions are filled in already, or from the rarity page.
            </Empty>
          );
        }
        return (
          <>
            {edited ? (
              <Writing
                key={edited.id}
                title={`Change “${edited.name}”`}
                existing={edited}
                start={{}}
                onDone={() => open(undefined)}
              />
            ) : null}
            <ExceptionList exceptions={exceptions} filter={search} onFilter={onFilter} onEdit={open} />
          </>
        );
      }}
    </QueryView>
  );
}

/** One exception open for writing, in sight and with the focus in it: what asked for it may be far down the page. */
function Writing({
  title,
  existing,
  start,
  onDone,
}: {
  readonly title: string;
  readonly existing: Exception | null;
  readonly start: Partial<ExceptionDraft>;
  readonly onDone: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  return (
    <div ref={box}>
      <Panel title={title}>
        <ExceptionForm existing={existing} start={start} onDone={onDone} onCancel={onDone} />
      </Panel>
    </div>
  );
}

function readEntries(text: string) {
  try {
    const parsed = z.array(anyEntrySchema).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}
