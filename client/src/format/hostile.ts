/** How text from events is made visible, as components know it; reports of the server do the same. */
export { hasUnsafe, textParts, visibleLines, visibleText } from '#shared/base/hostile.ts';
