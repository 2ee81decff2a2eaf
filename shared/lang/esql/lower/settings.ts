import type { Option } from '#shared/lang/esql/syntax/ast.ts';
import { type Context, report } from './context.ts';

const UNMAPPED = 'unmapped_fields';

/** Whether SET makes unknown columns null instead of mistakes; any other setting is reported. */
export function nullifies(settings: readonly Option[], context: Context): boolean {
  let nullify = false;
  for (const { name, value } of settings) {
    const text = value.kind === 'string' ? value.value.toLowerCase() : '';
    if (name.text.toLowerCase() === UNMAPPED && (text === 'nullify' || text === 'fail')) nullify = text === 'nullify';
    else {
      report(context, name, {
        code: 'unsupported-setting',
        message: `The setting [${name.text}] is not supported with this value.`,
        remedy: `The one setting is ${UNMAPPED}, "nullify" or "fail".`,
      });
    }
  }
  return nullify;
}
