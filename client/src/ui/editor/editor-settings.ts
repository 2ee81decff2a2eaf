import type { LRLanguage } from '@codemirror/language';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Fields, QueryLanguage, ValueLookup } from './language.ts';

/** What an editor is made with. */
export interface EditorSettings {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly language: QueryLanguage;
  readonly grammar: LRLanguage;
  readonly catalogue: FieldCatalogue;
  readonly fields: Fields;
  readonly lines: 'one' | 'many';
  readonly placeholder: string;
  readonly readOnly: boolean;
  /** Id of the element that holds the problems. */
  readonly describedBy: string;
  readonly text: string;
  readonly selection: { readonly anchor: number; readonly head: number };
  readonly focused: boolean;
  readonly onChange: (text: string) => void;
  readonly onSubmit: (text: string) => void;
  readonly onProblems: (problems: readonly Diagnostic[]) => void;
  readonly values: ValueLookup;
}
