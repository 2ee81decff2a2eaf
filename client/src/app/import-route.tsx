import { ImportPage } from '#client/features/import/import-page.tsx';
import { RulePreview } from '#client/features/rules/rule-preview.tsx';

/** The import, with what each rule of the file would do. */
export const ImportRoute = () => (
  <ImportPage preview={(text) => <RulePreview subject={{ text }} changes={{}} ready />} />
);
