import type { ErrorComponentProps } from '@tanstack/react-router';
import { ButtonLink } from '#client/ui/button-link.tsx';
import { IconListSearch } from '#client/ui/icons.ts';
import { Page } from '#client/ui/page.tsx';
import { Empty, Failure } from '#client/ui/states.tsx';

export function NotFound() {
  return (
    <Page title="Not found">
      <Empty
        title="There is no page at this address"
        icon={IconListSearch}
        action={<ButtonLink to="/alerts">To the alerts</ButtonLink>}
      />
    </Page>
  );
}

export function RouteFailure({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page failed">
      <Failure error={error} retry={reset} />
    </Page>
  );
}
