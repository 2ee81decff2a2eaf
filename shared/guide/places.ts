/** What a path says about who may write there. */
export type Place = 'temporary' | 'hidden' | 'upload' | 'web-root' | 'home' | 'deleted' | 'package' | 'local' | 'other';

const PLACES: readonly (readonly [Place, RegExp])[] = [
  ['deleted', /^(?:\/proc\/(?:self|\d+)\/|memfd:|\/memfd:)| \(deleted\)$/],
  ['temporary', /^\/(?:tmp|var\/tmp|dev\/shm|run\/shm|run\/user|run\/lock)(?:\/|$)/],
  ['hidden', /\/\.(?!\.?(?:\/|$))/],
  [
    'upload',
    /^\/(?:var\/www|srv|usr\/share\/nginx|opt|home)\/.*\/(?:uploads?|files|media|images?|cache|attachments?|userfiles)(?:\/|$)|\/wp-content\/(?:uploads|cache)(?:\/|$)/i,
  ],
  [
    'web-root',
    /^\/(?:var\/www|srv\/(?:www|http)|usr\/share\/nginx|usr\/local\/apache2?)(?:\/|$)|\/(?:public_html|htdocs|webapps|wwwroot)(?:\/|$)/,
  ],
  ['home', /^\/(?:home|root)(?:\/|$)/],
  ['local', /^\/(?:usr\/local|opt|snap)(?:\/|$)/],
  ['package', /^\/(?:usr\/)?(?:s?bin|lib(?:32|64|exec)?)(?:\/|$)|^\/usr\/share(?:\/|$)/],
];

/** The place of an absolute path; steps up (`..`) are resolved first, as the kernel would. */
export function placeOf(path: string): Place {
  const normal = withoutSteps(path.slice(0, 4096));
  return PLACES.find(([, pattern]) => pattern.test(normal))?.[0] ?? 'other';
}

function withoutSteps(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}
