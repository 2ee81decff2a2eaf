/** Width of the checkbox column. */
const CHECK_PX = 30;

/** The narrowest a row of these tracks can be, in pixels: `minmax(240px, 3fr)` counts 240. */
export const leastWidth = (tracks: readonly string[], selectable: boolean): number =>
  tracks.reduce((sum, track) => sum + Number(/(\d+)px/.exec(track)?.[1] ?? 0), selectable ? CHECK_PX : 0);
