import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// Pages are read on demand, and a whole page printed into a failure hides what failed.
configure({ asyncUtilTimeout: 20_000, getElementError: (message) => new Error(message ?? 'not found') });
afterEach(cleanup);

// What jsdom lacks and the component library asks for.
window.matchMedia = (query) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
  dispatchEvent: () => false,
});

class SilentObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver = SilentObserver;
Element.prototype.scrollIntoView = () => {};
Element.prototype.scrollTo = () => {};
window.scrollTo = () => {};
// Asked by the editor.
Range.prototype.getClientRects = () => document.createElement('span').getClientRects();

/** A live stream on which nothing ever happens. */
class SilentEventSource extends EventTarget {
  close() {}
}
Object.assign(globalThis, { EventSource: SilentEventSource });

// The virtualiser draws what fits: give every element a size.
for (const [name, value] of [
  ['offsetHeight', 800],
  ['clientHeight', 800],
  ['offsetWidth', 1400],
  ['clientWidth', 1400],
] as const) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, value });
}
