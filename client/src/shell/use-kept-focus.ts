import { useEffect } from 'react';

/** Where the focus was, with what was around it: the nearest first. */
interface Place {
  readonly element: HTMLElement;
  readonly around: readonly HTMLElement[];
  /** The page, or the box over it, that it belongs to. */
  readonly scope: HTMLElement;
}

const SCOPES = 'main, [role="dialog"]';
const FOCUSABLE = ':is(a[href], button, input, select, textarea, [tabindex="0"]):not(:disabled)';
const MOST_PLACES = 20;

/**
 * The focus is never lost: where what has it goes or is switched off, as a form that is saved or a row that is deleted, it
 * goes back to what had it before on the same page, or to what is nearest. What opens over a page gives it back by itself.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let places: readonly Place[] = [];
    let frame = 0;
    const note = ({ target }: FocusEvent): void => {
      const place = target instanceof HTMLElement ? placeOf(target) : null;
      if (place) places = [place, ...places.filter(({ element }) => element !== target)].slice(0, MOST_PLACES);
    };
    const look = (): void => {
      if (frame !== 0 || !isLost(places)) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        if (isLost(places)) wayBack(places)?.focus();
      });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', note);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', note);
      cancelAnimationFrame(frame);
    };
  }, []);
}

function placeOf(element: HTMLElement): Place | null {
  const around: HTMLElement[] = [];
  for (let one = element.parentElement; one; one = one.parentElement) around.push(one);
  const scope = around.find((one) => one.matches(SCOPES));
  return scope ? { element, around, scope } : null;
}

const isThere = (element: HTMLElement): boolean => element.getClientRects().length > 0 && !element.matches(':disabled');

const isLost = ([last]: readonly Place[]): boolean =>
  document.activeElement === document.body && last !== undefined && !isThere(last.element);

function wayBack(places: readonly Place[]): HTMLElement | undefined {
  const [last, ...before] = places.filter(({ scope }) => isThere(scope));
  if (!last || isThere(last.element)) return undefined;
  const back = before.find(({ element, scope }) => scope === last.scope && isThere(element));
  return back?.element ?? nearest(last);
}

/** The first that can have it within what is left around a place; the page itself where that is all. */
function nearest({ around, scope }: Place): HTMLElement {
  const left = around.find(isThere) ?? scope;
  return (left === scope ? null : left.querySelector<HTMLElement>(FOCUSABLE)) ?? scope;
}
