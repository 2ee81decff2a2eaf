const PAGE = 20;

/** Where a key moves the cursor of a list of `count` rows; null for keys that do not move it. */
export function moveIn(key: string, from: number, count: number): number | null {
  const clamp = (index: number): number => Math.max(0, Math.min(count - 1, index));
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return clamp(from + 1);
    case 'ArrowUp':
      return clamp(from - 1);
    case 'PageDown':
      return clamp(from + PAGE);
    case 'PageUp':
      return clamp(from - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
