/** Something in a command line that attackers do, and what it is called. */
export interface CommandIndicator {
  readonly name: string;
  /** What it does, as the end of a sentence that begins with the text it was found in. */
  readonly says: string;
  readonly pattern: RegExp;
}

/** A program's name where a command begins, with or without its path. */
const COMMAND = String.raw`(?:^|[;&|(\x60\n]|\s-c\s)\s*["']?(?:/[\w./-]{1,60}/)?`;
const END = String.raw`(?=$|[\s;&|)"'\x60])`;

const TEMPORARY = String.raw`/(?:tmp|var/tmp|dev/shm)(?:/|\s|$)`;

/** Patterns look at bounded stretches: a command line is written by whoever attacks, also to be slow to search. */
export const COMMAND_INDICATORS: readonly CommandIndicator[] = [
  {
    name: 'reverse-shell',
    says: 'connects a shell to the network',
    pattern:
      /\/dev\/(?:tcp|udp)\/|\b(?:nc|ncat|netcat|nc\.(?:openbsd|traditional))\s[^|;&]{0,200}?\s?(?:-\w{0,8}e\w{0,4}\s|--exec\b|--sh-exec\b|-c\s)|\bsocat\s[^|;&]{0,200}exec:|\b(?:ba|z|k|da)?sh\s+-i\b|\bfsockopen\b|\bsocket\.socket\b|IO::Socket|\bTCPSocket\b/i,
  },
  {
    name: 'download',
    says: 'fetches something from elsewhere',
    pattern: new RegExp(`${COMMAND}(?:curl|wget|fetch|aria2c|lwp-download|tftp|ftp|scp|sftp|rsync)${END}[^|;&]{0,200}`),
  },
  {
    name: 'decode',
    says: 'decodes a hidden text',
    pattern:
      /\bbase(?:64|32)\s+(?:-\w+\s+){0,4}(?:-d|-D|--decode)\b|\bxxd\s+(?:-\w+\s+){0,4}-r|\bopenssl\s+(?:enc|base64)\s[^|;&]{0,100}-d\b|\bb64decode\b|\bbase64_decode\b|\bunhexlify\b|\bdecode_base64\b/,
  },
  {
    name: 'pipe-to-shell',
    says: 'runs what it reads',
    pattern: /\|\s*(?:\/[\w/]{1,40}\/)?(?:ba|da|z|k|c|tc)?sh\b(?!\w)/,
  },
  {
    name: 'executable-in-temp',
    says: 'makes a file executable in a temporary directory',
    pattern: new RegExp(
      String.raw`\bchmod\s+(?:-\w+\s+){0,4}(?:[ugoa]{0,4}\+\w{0,4}x\w{0,4}|0?[1357]\d\d|0?\d[1357]\d|0?\d\d[1357])\s[^|;&]{0,200}?${TEMPORARY}`,
    ),
  },
  {
    name: 'runs-from-temp',
    says: 'runs a program from a temporary directory',
    pattern: /(?:^|[;&|(`\n]|\s-c\s)\s*["']?\/(?:tmp|var\/tmp|dev\/shm)\/[^\s;&|]{1,200}/,
  },
  {
    name: 'reconnaissance',
    says: 'asks where it is and what it may do',
    pattern: new RegExp(
      `${COMMAND}(?:whoami|id|uname|hostname|hostnamectl|ifconfig|ip\\s+(?:a|addr|r|route)\\w*|netstat|ss|ps|w|who|last|lastlog|env|printenv|groups|getent|arp|lsb_release|sudo\\s+-l|systemd-detect-virt)${END}`,
    ),
  },
  {
    name: 'reads-accounts',
    says: 'reads accounts, keys or secrets',
    pattern:
      /\/etc\/(?:passwd|shadow|sudoers|group)\b|\.ssh\/|\bid_[rd]sa\b|\.aws\/credentials|\bwp-config\.php\b|\/proc\/(?:self|\d+)\/environ/,
  },
  {
    name: 'persistence',
    says: 'leaves something behind that comes back',
    pattern:
      /\bcrontab\s|\/etc\/cron|authorized_keys|\/etc\/rc\.local|\bsystemctl\s+enable\b|\/etc\/ld\.so\.preload|\buseradd\s|\badduser\s/,
  },
  {
    name: 'encoded-payload',
    says: 'carries an encoded text',
    pattern: /[A-Za-z0-9+]{64,}={0,2}|(?:\\x[0-9a-f]{2}){4,}|(?:\\[0-7]{3}){4,}|\$\{?IFS\b/i,
  },
  {
    name: 'one-liner',
    says: 'runs a program written on the command line',
    pattern:
      /\b(?:python[\d.]{0,5}|perl|ruby|php[\d.]{0,5}|node|lua[\d.]{0,5})\s+(?:-\w{1,10}\s+){0,4}-\w{0,3}[ceErR]\s/,
  },
  {
    name: 'covers-tracks',
    says: 'covers its tracks',
    pattern: /\bHISTFILE=|\bhistory\s+-c\b|\bunset\s+HIST|\.bash_history\b|\bnohup\s[^|;]{0,200}&|\bsetsid\s/,
  },
];

/** Longest part of a command line that is searched, in UTF-16 units. */
const SEARCHED = 16_384;

export interface FoundIndicator {
  readonly indicator: CommandIndicator;
  /** The text that gave it away. */
  readonly text: string;
}

/** The indicators in a command line, the worst first. */
export function findIndicators(commandLine: string): readonly FoundIndicator[] {
  const searched = commandLine.slice(0, SEARCHED);
  return COMMAND_INDICATORS.flatMap((indicator) => {
    const text = indicator.pattern.exec(searched)?.[0]?.trim();
    return text ? [{ indicator, text }] : [];
  });
}
