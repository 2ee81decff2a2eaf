import { at, idOf, integerAt, objectAt, wordAt } from './json.ts';
import { jsonLines, read, refuse, skip } from './json-lines.ts';
import { baseName } from './paths.ts';
import type { Action } from './record.ts';
import { isoTime } from './times.ts';

const PRIORITIES: Readonly<Record<string, number>> = {
  emergency: 0,
  alert: 1,
  critical: 2,
  error: 3,
  warning: 4,
  notice: 5,
  informational: 6,
  debug: 7,
};

/** Names of ancestors from the grandparent up, as far as the rule's output has them. */
const ancestorsOf = (fields: object): readonly string[] =>
  [2, 3, 4, 5, 6, 7].flatMap((level) => wordAt(fields, `proc.aname[${level}]`) ?? []);

/** System calls that start a program; of an alert about any other, the process has been running. */
const STARTS: ReadonlySet<string> = new Set(['execve', 'execveat']);

function actionOf(fields: object): Action {
  const call = wordAt(fields, 'evt.type');
  return call === undefined || (STARTS.has(call) && !hasFailed(fields)) ? 'exec' : 'already_running';
}

const hasFailed = (fields: object): boolean => at(fields, 'evt.failed') === true;

/** Falco's alerts: detections, no stream of everything that starts, so they say nothing about what is rare. */
export const falco = jsonLines({
  name: 'falco',
  title: 'Falco',
  words: ['output_fields', 'priority'],
  isOwn: (record) =>
    objectAt(record, 'output_fields') !== undefined &&
    wordAt(record, 'rule') !== undefined &&
    wordAt(record, 'priority') !== undefined,
  read(record) {
    const fields = objectAt(record, 'output_fields') ?? {};
    // `evt.time.iso8601` counts nanoseconds, more than a number holds.
    const time = isoTime(wordAt(record, 'time'));
    if (!time) return refuse('time is missing or no ISO 8601');
    const executable = wordAt(fields, 'proc.exepath');
    const name = wordAt(fields, 'proc.name');
    if (executable === undefined && name === undefined) return skip('alert without a process');
    // As it was called, where that is a path: a process may give itself another title.
    const called = wordAt(fields, 'proc.pexe');
    const parentExecutable = called?.startsWith('/') ? called : wordAt(fields, 'proc.pexepath');
    const ancestors = ancestorsOf(fields);
    // The short form is the beginning of the full one.
    const container = wordAt(fields, 'container.full_id') ?? wordAt(fields, 'container.id');
    const call = wordAt(fields, 'evt.type');
    const priority = wordAt(record, 'priority') ?? '';
    return read({
      time,
      action: actionOf(fields),
      isAlert: true,
      host: { name: wordAt(record, 'hostname') },
      process: {
        pid: integerAt(fields, 'proc.pid'),
        executable: executable ?? wordAt(fields, 'proc.exe'),
        name: name ?? baseName(executable),
        commandLine: wordAt(fields, 'proc.cmdline'),
        workingDirectory: wordAt(fields, 'proc.cwd'),
      },
      parent: {
        pid: integerAt(fields, 'proc.ppid'),
        executable: parentExecutable,
        name: wordAt(fields, 'proc.pname') ?? baseName(parentExecutable),
        commandLine: wordAt(fields, 'proc.pcmdline'),
      },
      user: { id: idOf(wordAt(fields, 'user.uid')), name: wordAt(fields, 'user.name') },
      moreEvent: { severity: PRIORITIES[priority.toLowerCase()] },
      more: {
        rule: { name: wordAt(record, 'rule') },
        log: { level: priority.toLowerCase() },
        message: wordAt(record, 'output'),
        ...(container !== undefined && container !== 'host' && { container: containerOf(container, fields) }),
        ...podOf(fields),
        ...(call !== undefined || ancestors.length > 0
          ? { falco: { system_call: call, ancestor_names: ancestors.length > 0 ? ancestors : undefined } }
          : {}),
      },
    });
  },
});

const containerOf = (id: string, fields: object) => ({
  id,
  name: wordAt(fields, 'container.name'),
  image: {
    name: wordAt(fields, 'container.image.repository') ?? wordAt(fields, 'container.image')?.replace(/:[^:/]*$/, ''),
    tag: wordAt(fields, 'container.image.tag'),
  },
});

function podOf(fields: object) {
  const [namespace, name] = [wordAt(fields, 'k8s.ns.name'), wordAt(fields, 'k8s.pod.name')];
  return name === undefined ? {} : { orchestrator: { namespace, resource: { type: 'pod', name } } };
}
