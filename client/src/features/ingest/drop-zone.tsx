import { type DragEvent, useRef, useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { IconFileUpload } from '#client/ui/icons.ts';
import classes from './ingest.module.css';

/** Where files are dropped, with a button that does the same. */
export function DropZone({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <section
      className={classes['drop']}
      data-over={over}
      aria-label="Load files"
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <IconFileUpload size={30} stroke={1.4} />
      <div>
        <h2>Drop files here</h2>
        <p className="dim">
          ECS process events as JSON lines or a JSON array, exports of Elasticsearch and Kibana, or the log of auditd,
          laurel, Sysmon for Linux, osquery, Falco, Tetragon, Wazuh, CrowdStrike or Defender, recognised by its content;
          plain, .gz or .zst; of any size.
        </p>
      </div>
      <Button look="primary" onClick={() => picker.current?.click()}>
        Choose files
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Files to load"
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </section>
  );
}
