import type { CSSProperties } from 'react';

/**
 * How the body of a list stands of which only some rows exist: as high as all of them, those that exist in their place one
 * below the other. No row has a style of its own: Chromium looks through all such styles it has seen for each new one, which
 * costs more with every row that comes into sight.
 * @param height of all rows, in pixels
 * @param above height of the rows before the first that exists
 */
export const bodyStyle = (height: number, above: number): CSSProperties => ({
  height,
  paddingTop: above,
  boxSizing: 'border-box',
});
