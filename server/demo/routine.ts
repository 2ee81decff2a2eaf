import { DAY, HOUR, type Instant, MINUTE, SECOND } from '#shared/base/time.ts';
import { image, type Machine, shell } from './machine.ts';
import type { Random } from './random.ts';
import { DEPLOY, type Habit, MONITOR, type Role, type Services, WWW_DATA } from './roles.ts';

/** What a host does by itself from `from` to `to`: cron, monitoring, and requests that follow the day. */
export function routine(
  machine: Machine,
  role: Role,
  services: Services,
  random: Random,
  from: Instant,
  to: Instant,
): void {
  every(15 * MINUTE, from, to, random, (at) => cronTick(machine, services, at));
  every(HOUR, from + 7 * MINUTE, to, random, (at) => monitoring(machine, services, at));
  every(DAY, nextAt(from, 3), to, random, (at) => nightly(machine, services, role, at));
  for (const habit of role.habits) requests(machine, services, habit, random, from, to);
}

function every(step: number, from: Instant, to: Instant, random: Random, act: (at: Instant) => void): void {
  for (let at = from + random.between(0, 4) * SECOND; at < to; at += step) act(at);
}

/** The next full `hour` (UTC) after an instant. */
const nextAt = (after: Instant, hour: number): Instant => {
  const today = Math.floor(after / DAY) * DAY + hour * HOUR;
  return today > after ? today : today + DAY;
};

function cronTick(machine: Machine, { cron }: Services, at: Instant): void {
  machine.run(at, cron, shell('command -v debian-sa1 > /dev/null && debian-sa1 1 1', { directory: '/root' }), 30, [
    image('/usr/lib/sysstat/debian-sa1 1 1'),
  ]);
}

const CHECKS = [
  'check_load -w 8,6,4 -c 16,12,8',
  'check_disk -w 20% -c 10% -p /',
  'check_procs -w 400 -c 800',
] as const;

function monitoring(machine: Machine, { monitor }: Services, at: Instant): void {
  for (const [index, check] of CHECKS.entries()) {
    machine.run(
      at + index * SECOND,
      monitor,
      image(`/usr/lib/nagios/plugins/${check}`, { user: MONITOR, directory: '/' }),
      40,
    );
  }
}

function nightly(machine: Machine, { cron }: Services, role: Role, at: Instant): void {
  machine.run(
    at,
    cron,
    shell('test -x /usr/sbin/anacron || run-parts --report /etc/cron.daily', { directory: '/' }),
    9 * SECOND,
    [
      image('/etc/cron.daily/logrotate'),
      image('/usr/sbin/logrotate /etc/logrotate.conf'),
      image('/usr/bin/find /var/cache/man -type f -name *.gz -atime +6 -delete'),
    ],
  );
  if (role.name !== 'shop') return;
  machine.run(
    at + 20 * MINUTE,
    cron,
    shell('/usr/bin/php /var/www/shop/bin/console cache:prune', { user: WWW_DATA, directory: '/var/www' }),
    4 * SECOND,
    [image('/usr/bin/php /var/www/shop/bin/console cache:prune')],
  );
}

/** Requests come at random, thick by day and thin at night. */
function requests(
  machine: Machine,
  services: Services,
  habit: Habit,
  random: Random,
  from: Instant,
  to: Instant,
): void {
  const mean = DAY / habit.perDay;
  for (let at = from; ; ) {
    at += Math.ceil(-Math.log(1 - random.next()) * mean * nightFactor(at));
    if (at >= to) return;
    machine.run(
      at,
      random.pick(services.workers),
      habit.program(random),
      random.between(15, 400),
      habit.children?.(random),
    );
  }
}

const nightFactor = (at: Instant): number => (new Date(at).getUTCHours() < 6 ? 4 : 0.8);

/** A release: an administrator logs in and the deploy tool runs its steps. */
export function deploy(machine: Machine, services: Services, at: Instant, release: string, directory: string): void {
  const session = machine.start(at, services.sshd, {
    executable: '/usr/sbin/sshd',
    args: ['sshd: deploy@notty'],
    user: DEPLOY,
    directory: '/',
  });
  let now = at + SECOND;
  for (const step of [
    `cd ${directory} && git fetch --tags origin`,
    `cd ${directory} && git checkout --quiet ${release}`,
    `sudo systemctl reload app.service`,
  ]) {
    now = machine.run(
      now,
      session,
      { executable: '/bin/bash', args: ['bash', '-c', step], directory, user: DEPLOY },
      3 * SECOND,
      [image('/usr/bin/git status --short')],
    );
    now += 2 * SECOND;
  }
  machine.end(now, session);
}
