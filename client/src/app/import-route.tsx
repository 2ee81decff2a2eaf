import { ImportPage } from '#client/features/import/import-page.tsx';
import { FieldReading } from '#client/features/rules/field-reading.tsx';
import { RulePreview } from '#client/features/rules/rule-preview.tsx';

/** The import, with what each rule of the file would do. */
export const ImportRoute = () => (
  <ImportPage reading={<FieldReading />} preview={(text) => <RulePreview subject={{ text }} changes={{}} ready />} />
);
