import { CodeBlock } from '#client/ui/code-block.tsx';
import type { AlertDetail } from '#shared/api/alerts.ts';
import classes from './alert-detail.module.css';

export function JsonPanel({ detail }: { readonly detail: AlertDetail }) {
  return (
    <div className={classes['panel']}>
      <CodeBlock label="Alert as the server keeps it" text={JSON.stringify(detail, null, 2)} tall />
    </div>
  );
}
