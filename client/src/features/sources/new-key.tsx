import { Button } from '#client/ui/button.tsx';
import { CodeBlock } from '#client/ui/code-block.tsx';
import type { IngestKey } from '#shared/api/ingest-keys.ts';
import classes from './sources.module.css';

/** A key as it is answered when it is made. */
export interface MadeKey {
  readonly key: IngestKey;
  readonly secret: string;
  readonly pair: string;
  readonly encoded: string;
}

/** A key's secret, the only time it is seen, in the forms that programs ask for. */
export function NewKey({ made, onClose }: { readonly made: MadeKey; readonly onClose: () => void }) {
  return (
    <section className={classes['newKey']} aria-label="New key">
      <p>
        <b>Copy it now: it is not shown again.</b> Whoever has it can send events, and nothing else.
      </p>
      <CodeBlock label="id:key, for Filebeat, Elastic Agent and Logstash" text={made.pair} />
      <CodeBlock
        label="Header: Authorization: ApiKey …, for syslog-ng, curl and the clients of Elasticsearch"
        text={made.encoded}
      />
      <CodeBlock
        label="Password or bearer token, for rsyslog, Vector, Fluent Bit and oddspawn tail"
        text={made.secret}
      />
      <div>
        <Button onClick={onClose}>I have copied it</Button>
      </div>
    </section>
  );
}
