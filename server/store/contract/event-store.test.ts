import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { describeEventStore } from './event-store-contract.ts';

describeEventStore('DuckDB', () => openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS }));
describeEventStore('reference', async () => openReferenceStore({ catalogue: ECS_PROCESS }));
