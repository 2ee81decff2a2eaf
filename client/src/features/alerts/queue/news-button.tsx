import { compactCount } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { IconArrowUp } from '#client/ui/icons.ts';
import classes from './queue.module.css';

/** New alerts wait here: rows never move under the cursor. */
export function NewsButton({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  return (
    <div className={classes['news']} role="status">
      {count > 0 ? (
        <Button look="primary" icon={IconArrowUp} onClick={onShow}>
          {compactCount(count)} new
        </Button>
      ) : null}
    </div>
  );
}
