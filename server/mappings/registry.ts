import { auditd } from './auditd/auditd.ts';
import { crowdstrike } from './crowdstrike.ts';
import { defender } from './defender.ts';
import { ecs, elasticDefendOld, elasticHits } from './ecs.ts';
import { falco } from './falco.ts';
import { kibanaCsv } from './kibana-csv.ts';
import { laurel } from './laurel.ts';
import type { Mapping } from './mapping.ts';
import { osquery } from './osquery.ts';
import { sysmon } from './sysmon.ts';
import { tetragon } from './tetragon.ts';
import { wazuh } from './wazuh.ts';

/** Every source that is understood. Where two are equally sure, the first has it. */
export const MAPPINGS: readonly Mapping[] = [
  elasticDefendOld,
  ecs,
  elasticHits,
  kibanaCsv,
  auditd,
  laurel,
  sysmon,
  osquery,
  falco,
  tetragon,
  wazuh,
  crowdstrike,
  defender,
];

export const mappingNamed = (name: string): Mapping | undefined => MAPPINGS.find((mapping) => mapping.name === name);

/** The mapping that is surest of these lines; undefined where none knows any of them. */
export function recognise(lines: readonly string[]): Mapping | undefined {
  let best: { readonly mapping: Mapping; readonly score: number } | undefined;
  for (const mapping of MAPPINGS) {
    const score = lines.length === 0 ? 0 : mapping.recognise(lines);
    if (score > (best?.score ?? 0)) best = { mapping, score };
  }
  return best?.mapping;
}
