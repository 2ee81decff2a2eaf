import { useState } from 'react';
import { callEndpoint } from '#client/api/call.ts';
import { downloadText } from '#client/format/download.ts';
import { CheckField } from '#client/ui/fields/check-field.tsx';
import { IconDownload } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import { MenuItems } from '#client/ui/menu-items.tsx';
import { showDone, showProblem } from '#client/ui/toast.tsx';
import { exportExceptions } from '#shared/api/exception-exchange.ts';

/** Kibana's file, with the rules or without. */
export function ExportMenu() {
  const [expired, setExpired] = useState(true);
  const download = async (withRules: boolean): Promise<void> => {
    const query = { expired: expired ? 'include' : 'omit', rules: withRules ? 'include' : 'omit' } as const;
    const { text, notes } = await callEndpoint(exportExceptions, { query });
    downloadText(withRules ? 'rules-and-exceptions.ndjson' : 'exceptions.ndjson', 'application/x-ndjson', text);
    showDone(['Exported.', ...notes].join(' '));
  };
  return (
    <MenuButton label="Export" icon={IconDownload}>
      <MenuItems>
        <button type="button" onClick={() => void download(false).catch(showProblem)}>
          Exceptions, for Kibana
        </button>
        <button type="button" onClick={() => void download(true).catch(showProblem)}>
          Rules with exceptions, for Kibana
        </button>
        <CheckField label="With those that have expired" checked={expired} onChange={setExpired} />
      </MenuItems>
    </MenuButton>
  );
}
