import { type Decoded, decodeText } from '#client/format/decode.ts';
import { CopyButton } from '#client/ui/copy-button.tsx';
import { Absent, Hostile, Mono } from '#client/ui/text.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import { defang } from '#shared/base/defang.ts';
import classes from './alert-detail.module.css';

/** The command line in full, what is encoded in it, and who ran it where. */
export function CommandBlock({ alert }: { readonly alert: Alert }) {
  const { commandLine } = alert;
  return (
    <div className={classes['commandBlock']}>
      <div className={classes['commandLine']}>
        <code>{commandLine === null ? <Absent words="no command line" /> : <Hostile text={commandLine} />}</code>
        {commandLine === null ? null : (
          <span className={classes['copies']}>
            {defang(commandLine) === commandLine ? null : (
              <CopyButton withWords text={() => defang(commandLine)} label="Defanged" />
            )}
            <CopyButton text={commandLine} label="Copy the command line" />
          </span>
        )}
      </div>
      {commandLine === null ? null : <DecodedList findings={decodeText(commandLine)} />}
      <dl className={classes['context']}>
        <Item name="Parent" value={alert.parentExecutable ?? alert.parentName} />
        <Item name="Directory" value={alert.workingDirectory} />
        <Item name="Host" value={alert.hosts.length === 0 ? null : alert.hosts.join(', ')} />
        <Item name="User" value={alert.users.length === 0 ? null : alert.users.join(', ')} />
      </dl>
    </div>
  );
}

function Item({ name, value }: { readonly name: string; readonly value: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Mono text={value} />
      </dd>
    </div>
  );
}

function DecodedList({ findings }: { readonly findings: readonly Decoded[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className={classes['decoded']} aria-label="Decoded">
      {findings.map((finding) => (
        <li key={finding.source}>
          <span className={classes['decodedFrom']}>decoded from {finding.encoding}</span>
          <code>
            <Hostile text={finding.text} />
          </code>
          <DecodedList findings={finding.inner} />
        </li>
      ))}
    </ul>
  );
}
