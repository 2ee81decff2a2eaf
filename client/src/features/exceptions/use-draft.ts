import { useState } from 'react';
import type { Exception, ExceptionDraft } from '#shared/exceptions/item.ts';
import { type FormValues, readForm, valuesFrom } from './form-values.ts';

/** An exception while it is being written: what the form holds, the draft that makes, and what is wrong with it. */
export function useDraft(start: Partial<ExceptionDraft>, existing: Exception | null) {
  const [opened] = useState(() => Date.now());
  const [values, setValues] = useState(() => valuesFrom(existing ?? start, existing !== null));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const read = (some: FormValues) =>
    readForm(some, existing?.origin ?? start.origin ?? null, existing?.expiresAt ?? null, opened);
  // The effect does not depend on the words around the conditions.
  const checked = read({ ...values, name: 'check', reason: 'check', enabled: true });
  const change = (part: (now: FormValues) => Partial<FormValues>): void => {
    setValues((now) => ({ ...now, ...part(now) }));
    setErrors({});
  };
  return {
    values,
    /** Whose effect can be shown; null while a condition is unfinished. */
    draft: 'draft' in checked ? checked.draft : null,
    change,
    set: <Name extends keyof FormValues>(name: Name, value: FormValues[Name]): void =>
      change(() => ({ [name]: value }) as Partial<FormValues>),
    /** By the path of a form's member, once it was tried to be saved. */
    errorAt: (path: string): string | null => errors[path] ?? null,
    /** What is to be saved; null where something is wrong, which the fields then say. */
    finish(): ExceptionDraft | null {
      const final = read(values);
      if ('draft' in final) return final.draft;
      setErrors(final.errors);
      return null;
    },
  };
}
