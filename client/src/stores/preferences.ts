import * as z from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** The columns of lists of events, until somebody chooses others. */
export const EVENT_COLUMNS: readonly string[] = [
  '@timestamp',
  'host.name',
  'event.action',
  'process.command_line',
  'process.parent.name',
  'user.name',
  'process.pid',
];

const preferencesSchema = z.object({
  zone: z.enum(['utc', 'local']).catch('utc'),
  density: z.enum(['compact', 'comfortable']).catch('compact'),
  /** Which keys act as commands; WCAG 2.1.4 asks for a way to switch single letters off. */
  keys: z.enum(['all', 'combined', 'none']).catch('all'),
  /** How times in lists are written; the other form is one hover away. */
  times: z.enum(['date', 'age']).catch('date'),
  defang: z.boolean().catch(false),
  /** Share of the width that the alert beside the queue takes. */
  detailShare: z.number().min(0.25).max(0.75).catch(0.52),
  chartAsTable: z.boolean().catch(false),
  /** Columns of the queue, in order; a width in pixels where one was chosen. */
  queueColumns: z
    .array(z.object({ id: z.string().max(40), width: z.number().min(40).max(2000).nullable() }))
    .min(1)
    .max(40)
    .nullable()
    .catch(null),
  /** Whether the bars of alerts over time stand above the queue. */
  queueChart: z.boolean().catch(true),
  /** Whether the tour of the demo was taken or put off. */
  toured: z.boolean().catch(false),
  eventColumns: z
    .array(z.string().min(1).max(256))
    .min(1)
    .max(40)
    .catch([...EVENT_COLUMNS]),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** What a person likes, kept in this browser. Nothing that a link should carry belongs here. */
export const usePreferences = create<Preferences>()(
  persist(() => preferencesSchema.parse({}), {
    name: 'oddspawn-preferences',
    merge: (kept) => preferencesSchema.parse(typeof kept === 'object' && kept !== null ? kept : {}),
  }),
);

export const setPreference = <Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void => {
  usePreferences.setState({ [name]: value } as Pick<Preferences, Name>);
};
