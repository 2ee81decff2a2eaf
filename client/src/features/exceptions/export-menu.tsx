import { useState } from 'react';
import { callEndpoint } from '#client/api/call.ts';
import { downloadText } from '#client/format/download.ts';
import { Button } from '#client/ui/button.tsx';
import { CheckField } from '#client/ui/fields.tsx';
import { IconDownload } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import { showDone, showProblem } from '#client/ui/toast.tsx';
import { exportExceptions } from '#shared/api/exception-exchange.ts';
import classes from './exceptions.module.css';

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
      <div className={classes['menu']}>
        <Button onClick={() => void download(false).catch(showProblem)}>Exceptions, for Kibana</Button>
        <Button onClick={() => void download(true).catch(showProblem)}>Rules with exceptions, for Kibana</Button>
        <CheckField label="With those that have expired" checked={expired} onChange={setExpired} />
      </div>
    </MenuButton>
  );
}
