import { setNonce } from 'get-nonce';

/**
 * The nonce of this page's content security policy, and the one door through which libraries that add style elements
 * get it. Browsers hide the attribute from scripts' selectors, the property stays readable.
 */
export function pageNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
  setNonce(nonce);
  return nonce;
}
