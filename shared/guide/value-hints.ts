import { findIndicators } from './command-indicators.ts';
import { distinctValues, valuesIn } from './event-values.ts';
import type { Hint } from './hint.ts';
import { cite, expected, type HintFunction, neutral, suspicious } from './hint-input.ts';
import { type Place, placeOf } from './places.ts';
import { accountOf, isRoutineParent, isWebServer } from './services.ts';

/** Values of one kind that are read one by one; more say nothing that these do not. */
const READ = 20;

export const commandLineHint: HintFunction = ({ events }) => {
  const commands = distinctValues(events, 'process.command_line').slice(0, READ);
  const hints = new Map<string, Hint>();
  for (const { indicator, text } of commands.flatMap(findIndicators)) {
    if (!hints.has(indicator.name)) hints.set(indicator.name, suspicious(`${cite(text)} ${indicator.says}.`));
  }
  if (hints.size > 0) return [...hints.values()];
  return commands
    .slice(0, 1)
    .map((command) => neutral(`${cite(command)}: nothing in it that attackers are known for.`));
};

export const workingDirectoryHint: HintFunction = ({ events }) =>
  distinctValues(events, 'process.working_directory').slice(0, READ).map(directoryHint);

function directoryHint(directory: string): Hint {
  const place = placeOf(directory);
  switch (place) {
    case 'temporary':
      return suspicious(`${cite(directory)} is a temporary directory: anyone may write there.`);
    case 'hidden':
      return suspicious(`${cite(directory)} is, or lies in, a hidden directory.`);
    case 'upload':
      return suspicious(`${cite(directory)} is where a web application keeps files that others send.`);
    case 'deleted':
      return suspicious(`${cite(directory)} does not exist any more, or is no directory on disk.`);
    case 'web-root':
      return /\/(?:dev|test|staging)(?:[./-]|$)/.test(directory)
        ? expected(`${cite(directory)} looks like a development or test site.`)
        : neutral(`${cite(directory)} is a web root: both the application and a web shell in it start there.`);
    default:
      return neutral(`${cite(directory)} is no web root and no temporary directory.`);
  }
}

export const parentHint: HintFunction = ({ events }) =>
  distinctValues(events, 'process.parent.name')
    .slice(0, READ)
    .map((name) => {
      if (isWebServer(name))
        return suspicious(`${cite(name)} serves web requests, or may: a request can have caused this.`);
      if (isRoutineParent(name))
        return expected(`${cite(name)} starts programs for people and schedules, not for web requests.`);
      return neutral(`${cite(name)} is no web server that is known here.`);
    });

export const userHint: HintFunction = ({ events }) => {
  const seen = new Map<string, Hint>();
  for (const event of events) {
    const [name, id] = [valuesIn(event, 'user.name')[0], valuesIn(event, 'user.id')[0]];
    const label = name ?? id;
    if (label !== undefined && seen.size < READ) seen.set(label, accountHint(label, name, id));
  }
  return [...seen.values()];
};

function accountHint(label: string, name: string | undefined, id: string | undefined): Hint {
  switch (accountOf(name, id)) {
    case 'root':
      return suspicious(`${cite(label)} may do anything: a web server's children seldom need to.`);
    case 'service':
      return expected(`${cite(label)} is a service account, as web servers use them.`);
    case 'person':
      return suspicious(`${cite(label)} is a person's account, not a service's.`);
    case 'unknown':
      return neutral(`${cite(label)} is no account that is known here.`);
  }
}

export const executableLocationHint: HintFunction = ({ events }) =>
  distinctValues(events, 'process.executable')
    .slice(0, READ)
    .map((path) => {
      const reason = LOCATIONS[placeOf(path)];
      return { leaning: reason.leaning, reason: `${cite(path)} ${reason.reason}` };
    });

const LOCATIONS: Readonly<Record<Place, Hint>> = {
  package: expected('lies where packages are installed; whether one owns it, the package manager knows.'),
  local: neutral('lies where administrators install programs by hand.'),
  temporary: suspicious('lies in a temporary directory: anyone may have put it there.'),
  hidden: suspicious('is, or lies in, something hidden.'),
  upload: suspicious('lies where a web application keeps files that others send.'),
  'web-root': suspicious('lies in a web root, where programs are seldom kept.'),
  home: suspicious('lies in a home directory.'),
  deleted: suspicious('runs from memory or was deleted after it started.'),
  other: neutral('lies in a place that says nothing.'),
};
