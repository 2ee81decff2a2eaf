const SCHEME_AND_HOST = /\b(https?|ftps?|wss?|tcp|udp):\/\/([^\s/'"<>|;&)]+)/gi;
const IPV4 = /(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d.])/g;

const SCHEMES: Readonly<Record<string, string>> = { http: 'hxxp', https: 'hxxps', ftp: 'fxp', ftps: 'fxps' };

/**
 * Addresses made unclickable, for reports and chats: `hxxps[:]//evil[.]com`, `203[.]0[.]113[.]9`. For display and for
 * copying on demand; what is stored stays as it came.
 */
export function defang(text: string): string {
  return text
    .replace(SCHEME_AND_HOST, (_, scheme: string, host: string) => {
      const name = SCHEMES[scheme.toLowerCase()] ?? scheme;
      return `${name}[:]//${host.replaceAll('.', '[.]')}`;
    })
    .replace(IPV4, '$1[.]$2[.]$3[.]$4');
}
