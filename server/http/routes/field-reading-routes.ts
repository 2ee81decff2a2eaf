import { cancelFieldReading, getFieldReading, startFieldReading } from '#shared/api/field-reading.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

export const fieldReadingRoutes = ({ fieldReader, author }: Services): readonly Route[] => [
  route(getFieldReading, () => fieldReader.current()),
  route(startFieldReading, async () => {
    await fieldReader.start();
    return fieldReader.current();
  }),
  route(cancelFieldReading, async () => {
    await fieldReader.cancel(author());
    return fieldReader.current();
  }),
];
