import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { sourceColumns, visible } from '#shared/plan/columns.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { placeOf } from './passage-at.ts';

/**
 * The columns behind the commands of an unfinished query's beginning. Commands that cannot be compiled are passed over:
 * what they would change is not known yet.
 */
export function columnsBefore(text: string, catalogue: FieldCatalogue): readonly ResultColumn[] {
  const whole = columnsOf(text, catalogue);
  if (whole) return whole;
  let columns = visible(sourceColumns(catalogue));
  let understood = '';
  for (const command of commandsOf(text)) {
    const longer = understood === '' ? command : `${understood}|${command}`;
    const known = columnsOf(longer, catalogue);
    if (!known) continue;
    columns = known;
    understood = longer;
  }
  return columns;
}

function columnsOf(text: string, catalogue: FieldCatalogue): readonly ResultColumn[] | null {
  const compiled = compileEsql(text, catalogue);
  return compiled.ok ? compiled.value.columns : null;
}

/** The text between the pipes. */
function commandsOf(text: string): readonly string[] {
  const commands: string[] = [];
  for (let end = text.length; end >= 0; ) {
    const { command } = placeOf(text, end);
    commands.unshift(text.slice(command, end));
    end = command - 1;
  }
  return commands;
}
