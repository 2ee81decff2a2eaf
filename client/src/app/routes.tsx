import {
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  redirect,
  type SearchSchemaInput,
  stripSearchParams,
} from '@tanstack/react-router';
import {
  type DetailSearch,
  detailDefaults,
  detailSearchSchema,
  type QueueSearch,
  queueDefaults,
  queueSearchSchema,
} from '#client/features/alerts/queue-search.ts';
import { type EventsSearch, eventsDefaults, eventsSearchSchema } from '#client/features/events/events-search.ts';
import {
  type ExceptionsSearch,
  exceptionsDefaults,
  exceptionsSearchSchema,
} from '#client/features/exceptions/exceptions-search.ts';
import { type ExplainSearch, explainSearchSchema } from '#client/features/explain/explain-search.ts';
import { type RaritySearch, rarityDefaults, raritySearchSchema } from '#client/features/rarity/rarity-search.ts';
import {
  type RuleEditSearch,
  type RulesSearch,
  ruleEditSearchSchema,
  rulesDefaults,
  rulesSearchSchema,
} from '#client/features/rules/rules-search.ts';
import { Frame } from '#client/shell/frame.tsx';
import { NotFound, RouteFailure } from '#client/shell/route-states.tsx';
import { SkeletonRows } from '#client/ui/states.tsx';

/** What a link may give of a search: any part of it. */
type Given<Search> = Partial<Search> & SearchSchemaInput;

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound, errorComponent: RouteFailure });

const shared = {
  getParentRoute: () => root,
  pendingComponent: SkeletonRows,
  errorComponent: RouteFailure,
} as const;

const home = createRoute({
  ...shared,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/alerts', search: {} });
  },
});

const queue = createRoute({
  ...shared,
  path: '/alerts',
  validateSearch: (raw: Given<QueueSearch>): QueueSearch => queueSearchSchema.parse(raw),
  search: { middlewares: [stripSearchParams(queueDefaults)] },
  component: lazyRouteComponent(() => import('./queue-route.tsx'), 'QueueRoute'),
});

const alert = createRoute({
  ...shared,
  path: '/alerts/$id',
  validateSearch: (raw: Given<DetailSearch>): DetailSearch => detailSearchSchema.parse(raw),
  search: { middlewares: [stripSearchParams(detailDefaults)] },
  component: lazyRouteComponent(() => import('./alert-route.tsx'), 'AlertRoute'),
});

const rarity = createRoute({
  ...shared,
  path: '/rarity',
  validateSearch: (raw: Given<RaritySearch>): RaritySearch => raritySearchSchema.parse(raw),
  search: { middlewares: [stripSearchParams(rarityDefaults)] },
  component: lazyRouteComponent(() => import('#client/features/rarity/rarity-page.tsx'), 'RarityPage'),
});

const events = createRoute({
  ...shared,
  path: '/events',
  validateSearch: (raw: Given<EventsSearch>): EventsSearch => eventsSearchSchema.parse(raw),
  search: { middlewares: [stripSearchParams(eventsDefaults)] },
  component: lazyRouteComponent(() => import('./events-route.tsx'), 'EventsRoute'),
});

const rules = createRoute({
  ...shared,
  path: '/rules',
  validateSearch: (raw: Given<RulesSearch>): RulesSearch => rulesSearchSchema.parse(raw),
  search: { middlewares: [stripSearchParams(rulesDefaults)] },
  component: lazyRouteComponent(() => import('#client/features/rules/rules-page.tsx'), 'RulesPage'),
});

const rule = createRoute({
  ...shared,
  path: '/rules/$slug',
  component: lazyRouteComponent(() => import('./rule-route.tsx'), 'RuleRoute'),
});

const importing = createRoute({
  ...shared,
  path: '/import',
  component: lazyRouteComponent(() => import('./import-route.tsx'), 'ImportRoute'),
});

const ruleEdit = createRoute({
  ...shared,
  path: '/rules/$slug/edit',
  validateSearch: (raw: Given<RuleEditSearch>): RuleEditSearch => ruleEditSearchSchema.parse(raw),
  component: lazyRouteComponent(() => import('#client/features/rules/edit-page.tsx'), 'EditPage'),
});

const guideEdit = createRoute({
  ...shared,
  path: '/rules/$slug/guide',
  component: lazyRouteComponent(() => import('#client/features/guide/edit/guide-edit-page.tsx'), 'GuideEditPage'),
});

const explain = createRoute({
  ...shared,
  path: '/explain',
  validateSearch: (raw: Given<ExplainSearch>): ExplainSearch => explainSearchSchema.parse(raw),
  component: lazyRouteComponent(() => import('#client/features/explain/explain-page.tsx'), 'ExplainPage'),
});

const exceptions = createRoute({
  ...shared,
  path: '/exceptions',
  validateSearch: (raw: Given<ExceptionsSearch>): ExceptionsSearch => exceptionsSearchSchema.parse(raw),
  search: { middlewares: [stripSearchParams(exceptionsDefaults)] },
  component: lazyRouteComponent(() => import('#client/features/exceptions/exceptions-page.tsx'), 'ExceptionsPage'),
});

const data = createRoute({
  ...shared,
  path: '/data',
  component: lazyRouteComponent(() => import('#client/features/ingest/data-page.tsx'), 'DataPage'),
});

const sources = createRoute({
  ...shared,
  path: '/sources',
  component: lazyRouteComponent(() => import('#client/features/sources/sources-page.tsx'), 'SourcesPage'),
});

export const routeTree = root.addChildren([
  home,
  queue,
  alert,
  rarity,
  events,
  rules,
  rule,
  importing,
  ruleEdit,
  guideEdit,
  explain,
  exceptions,
  data,
  sources,
]);
