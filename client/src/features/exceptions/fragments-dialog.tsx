import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { CodeBlock } from '#client/ui/code-block.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { IconCopy } from '#client/ui/icons.ts';
import { Dialog } from '#client/ui/overlays.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Notice } from '#client/ui/states.tsx';
import { exceptionFragments } from '#shared/api/exception-exchange.ts';
import { listExceptions } from '#shared/api/exceptions.ts';
import { listRules } from '#shared/api/rules.ts';
import classes from './exceptions.module.css';

/** A rule's exceptions as conditions to put behind its query where there is no console like this. */
export function FragmentsButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={IconCopy} onClick={() => setOpen(true)}>
        As conditions
      </Button>
      {open ? <FragmentsDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function FragmentsDialog({ onClose }: { readonly onClose: () => void }) {
  const rules = useEndpoint(listRules, {}).data?.rules ?? [];
  const exceptions = useEndpoint(listExceptions, {}).data?.exceptions ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const first = rules.find(({ slug }) => exceptions.some((one) => one.rules.includes(slug))) ?? rules[0];
  const rule = chosen ?? first?.slug ?? null;
  return (
    <Dialog title="Exceptions as conditions" open onClose={onClose} size="lg">
      <div className={classes['form']}>
        <SelectField
          label="Of the rule"
          value={rule}
          options={rules.map(({ slug, name }) => ({ value: slug, label: name }))}
          onChange={setChosen}
        />
        {rule === null ? null : <Fragments rule={rule} />}
      </div>
    </Dialog>
  );
}

function Fragments({ rule }: { readonly rule: string }) {
  const query = useEndpoint(exceptionFragments, { query: { rule } });
  return (
    <QueryView query={query}>
      {({ kql, esql, refused }) => (
        <>
          {kql === '' && esql === '' && refused.length === 0 ? (
            <p className="dim">No exception of this rule is in force.</p>
          ) : null}
          {kql === '' ? null : <CodeBlock label="KQL, behind the query" text={kql} />}
          {esql === '' ? null : <CodeBlock label="ES|QL, before anything is counted" text={esql} />}
          {refused.length === 0 ? null : (
            <Notice tone="medium" title="Not everything can be said so">
              <ul className={classes['bullets']}>
                {refused.map(({ language, name, message }) => (
                  <li key={`${language} ${name}`}>
                    {language === 'kql' ? 'KQL' : 'ES|QL'}, “{visibleText(name)}”: {visibleText(message)}
                  </li>
                ))}
              </ul>
            </Notice>
          )}
        </>
      )}
    </QueryView>
  );
}
