import type { UseQueryResult } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { z } from 'zod';
import type { AnswerOf } from '#client/api/call.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { plural } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { IconPlus, IconShieldOff } from '#client/ui/icons.ts';
import links from '#client/ui/link-button.module.css';
import { Page, Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Empty } from '#client/ui/states.tsx';
import { TabList } from '#client/ui/tab-list.tsx';
import { listExceptions, reviewExceptions } from '#shared/api/exceptions.ts';
import { anyEntrySchema } from '#shared/exceptions/item.ts';
import { ExceptionForm } from './exception-form.tsx';
import { ExceptionLists } from './exception-lists.tsx';
import { ExceptionRow } from './exception-row.tsx';
import classes from './exceptions.module.css';
import { ExportMenu } from './export-menu.tsx';
import { FragmentsButton } from './fragments-dialog.tsx';
import { ReviewQueue } from './review-queue.tsx';
import { SuggestionsTab } from './suggestions-tab.tsx';

const route = getRouteApi('/exceptions');

/** Every exception with what it says; one of them, or a new one, open for writing. */
export function ExceptionsPage() {
  const { edit, rule, name, entries, tab } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useEndpoint(listExceptions, {});
  const toReview = useEndpoint(reviewExceptions, {}).data?.items.length ?? 0;
  const open = (id: string | undefined): void => void navigate({ search: { edit: id } });
  return (
    <Page
      title="Exceptions"
      note="What the rules leave out, and why"
      actions={
        <>
          <Link to="/import" className={links['linkButton']}>
            Import
          </Link>
          <ExportMenu />
          <FragmentsButton />
          <Button look="primary" icon={IconPlus} onClick={() => open('new')}>
            New exception
          </Button>
        </>
      }
    >
      {edit === 'new' ? (
        <Panel title="New exception">
          <ExceptionForm
            existing={null}
            key={`${rule} ${name} ${entries}`}
            start={{ ...(rule ? { rule } : {}), ...(name ? { name } : {}), entries: readEntries(entries) }}
            onDone={() => open(undefined)}
            onCancel={() => open(undefined)}
          />
        </Panel>
      ) : null}
      <div className={classes['tabs']}>
        <TabList
          label="Exceptions"
          value={tab}
          onChange={(next) => void navigate({ search: { tab: next } })}
          tabs={[
            { value: 'all', label: 'Exceptions', panel: () => <All query={query} edit={edit} open={open} /> },
            { value: 'suggestions', label: 'Suggestions', panel: () => <SuggestionsTab /> },
            {
              value: 'review',
              label: 'Review',
              ...(toReview > 0 && { badge: String(toReview) }),
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
  edit,
  open,
}: {
  readonly query: UseQueryResult<AnswerOf<typeof listExceptions>>;
  readonly edit: string | undefined;
  readonly open: (id: string | undefined) => void;
}) {
  return (
    <QueryView query={query}>
      {({ exceptions }) => {
        const edited = exceptions.find(({ id }) => id === edit);
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
              <Panel title={`Change “${edited.name}”`}>
                <ExceptionForm
                  key={edited.id}
                  existing={edited}
                  start={{}}
                  onDone={() => open(undefined)}
                  onCancel={() => open(undefined)}
                />
              </Panel>
            ) : null}
            <Panel title={plural(exceptions.length, 'exception')} flush>
              <ul className={classes['list']}>
                {exceptions.map((exception) => (
                  <ExceptionRow key={exception.id} exception={exception} onEdit={() => open(exception.id)} />
                ))}
              </ul>
            </Panel>
          </>
        );
      }}
    </QueryView>
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
