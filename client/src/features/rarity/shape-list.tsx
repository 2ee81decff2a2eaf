import { Tag } from '#client/ui/marks.tsx';
import { Hostile } from '#client/ui/text.tsx';
import { formatCount, plural } from '#shared/base/counts.ts';
import type { RarityShape } from '#shared/rarity/rarity.ts';
import classes from './rarity.module.css';

/** Command lines that differ in their variable parts only, stacked; what stood in the slots is below. */
export function ShapeList({
  shapes,
  onText,
}: {
  readonly shapes: readonly RarityShape[];
  readonly onText: (text: string) => void;
}) {
  return (
    <ul className={classes['shapes']} aria-label="Command shapes">
      {shapes.map((shape) => (
        <li key={shape.shape}>
          <details>
            <summary>
              <Tag tone={shape.alerting > 0 ? 'high' : 'accent'}>×{formatCount(shape.groups)}</Tag>
              <code>
                <Hostile text={shape.shape} />
              </code>
              <span className="dim">
                {plural(shape.events, 'event')}, {formatCount(shape.alerting)} inside
              </span>
            </summary>
            <ul>
              {shape.examples.map((example) => (
                <li key={example}>
                  <button type="button" onClick={() => onText(example.slice(0, 500))}>
                    <code>
                      <Hostile text={example} />
                    </code>
                  </button>
                </li>
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  );
}
