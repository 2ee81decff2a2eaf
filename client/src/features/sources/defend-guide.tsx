import { ELASTIC_DEFEND } from './elastic-defend.ts';
import classes from './sources.module.css';

export function DefendGuide() {
  return (
    <details className={classes['fold']}>
      <summary>From the integration to events on this page, in {ELASTIC_DEFEND.length} steps</summary>
      <ol className={classes['steps']}>
        {ELASTIC_DEFEND.map(({ title, text }) => (
          <li key={title}>
            <b>{title}</b>
            {text}
          </li>
        ))}
      </ol>
    </details>
  );
}
