import { type Image, image, type Machine, type Process, ROOT, shell, type User } from './machine.ts';
import type { Random } from './random.ts';

export const WWW_DATA: User = { id: 33, name: 'www-data' };
export const APP: User = { id: 998, name: 'app' };
export const TOMCAT: User = { id: 997, name: 'tomcat' };
export const DEPLOY: User = { id: 1001, name: 'deploy' };
export const MONITOR: User = { id: 112, name: 'nagios' };

/** Long-lived processes of a booted host that others hang from. */
export interface Services {
  readonly init: Process;
  readonly cron: Process;
  readonly sshd: Process;
  readonly monitor: Process;
  /** Workers that answer requests: whose children the rules look at. */
  readonly workers: readonly [Process, ...Process[]];
}

/** What an application runs in the ordinary course of a request. */
export interface Habit {
  /** Times a day and host. */
  readonly perDay: number;
  readonly program: (random: Random) => Image;
  /** Commands that the program, a shell, runs in turn. */
  readonly children?: (random: Random) => readonly Image[];
}

export interface Role {
  readonly name: string;
  readonly boot: (machine: Machine, at: number, init: Process) => [Process, ...Process[]];
  readonly habits: readonly Habit[];
}

const PHP: Role = {
  name: 'shop',
  boot: (machine, at, init) => {
    const nginx = machine.start(at, init, image('/usr/sbin/nginx -g daemon on;', { directory: '/' }));
    machine.fork(at + 40, nginx, { user: WWW_DATA });
    const master = machine.start(
      at + 90,
      init,
      image('/usr/sbin/php-fpm8.2 --nodaemonize --fpm-config /etc/php/8.2/fpm/php-fpm.conf'),
    );
    const worker = (delay: number) =>
      machine.fork(at + delay, master, { user: WWW_DATA, directory: '/var/www/shop/public' });
    return [worker(120), worker(140), worker(160)];
  },
  habits: [
    {
      perDay: 14,
      program: () => shell('/usr/bin/convert - -thumbnail 320x320 -strip jpg:-', { directory: '/var/www/shop/public' }),
      children: () => [image('/usr/bin/convert - -thumbnail 320x320 -strip jpg:-')],
    },
    { perDay: 6, program: () => image('/usr/bin/file -b --mime-type -', { directory: '/var/www/shop/public' }) },
    { perDay: 8, program: () => image('/usr/sbin/sendmail -t -i', { directory: '/var/www/shop/public' }) },
  ],
};

const PYTHON: Role = {
  name: 'api',
  boot: (machine, at, init) => {
    const master = machine.start(
      at,
      init,
      image('/srv/api/venv/bin/gunicorn -w 4 -b 127.0.0.1:8000 api.wsgi', { user: APP, directory: '/srv/api' }),
    );
    const worker = (delay: number) => machine.fork(at + delay, master);
    return [worker(30), worker(45), worker(60)];
  },
  habits: [
    { perDay: 10, program: () => image('/usr/bin/git -C /srv/api rev-parse --short HEAD') },
    {
      perDay: 12,
      program: () => shell('/usr/bin/pdftotext -layout - - | head -c 65536', { directory: '/srv/api' }),
      children: () => [image('/usr/bin/pdftotext -layout - -'), image('/usr/bin/head -c 65536')],
    },
  ],
};

const JAVA: Role = {
  name: 'portal',
  boot: (machine, at, init) => [
    machine.start(at, init, {
      executable: '/usr/lib/jvm/java-17-openjdk-amd64/bin/java',
      args: [
        '/usr/lib/jvm/java-17-openjdk-amd64/bin/java',
        '-Dcatalina.base=/var/lib/tomcat10',
        '-Dcatalina.home=/usr/share/tomcat10',
        '-classpath',
        '/usr/share/tomcat10/bin/bootstrap.jar',
        'org.apache.catalina.startup.Bootstrap',
        'start',
      ],
      user: TOMCAT,
      directory: '/var/lib/tomcat10',
    }),
  ],
  habits: [
    { perDay: 5, program: () => image('/usr/bin/getconf PAGESIZE') },
    {
      perDay: 8,
      program: () => shell('ps -o rss= -p $PPID', { directory: '/var/lib/tomcat10' }),
      children: () => [image('/usr/bin/ps -o rss= -p 1')],
    },
  ],
};

const RUBY: Role = {
  name: 'desk',
  boot: (machine, at, init) => {
    const puma = machine.start(at, init, {
      executable: '/usr/bin/ruby3.1',
      args: ['/usr/bin/ruby3.1', '/srv/desk/bin/rails', 'server', '-e', 'production', '(puma 6.4.2)'],
      user: APP,
      directory: '/srv/desk',
    });
    return [puma];
  },
  habits: [
    { perDay: 9, program: () => image('/usr/bin/vipsthumbnail stdin --size 640 -o .webp') },
    {
      perDay: 4,
      program: () => shell('git log -1 --format=%cd', { directory: '/srv/desk' }),
      children: () => [image('/usr/bin/git log -1 --format=%cd')],
    },
  ],
};

/** How many hosts play each role. */
export const FLEET: readonly { readonly role: Role; readonly hosts: number }[] = [
  { role: PHP, hosts: 9 },
  { role: PYTHON, hosts: 6 },
  { role: JAVA, hosts: 5 },
  { role: RUBY, hosts: 4 },
];

/** Boots a host: init, the daemons all hosts have, and the role's own. */
export function boot(machine: Machine, role: Role, at: number): Services {
  const init = machine.start(at, null, {
    executable: '/usr/lib/systemd/systemd',
    args: ['/sbin/init'],
    directory: '/',
    user: ROOT,
  });
  const cron = machine.start(at + 500, init, image('/usr/sbin/cron -f'));
  const sshd = machine.start(at + 700, init, {
    executable: '/usr/sbin/sshd',
    args: ['sshd: /usr/sbin/sshd -D [listener]'],
  });
  const monitor = machine.start(at + 900, init, image('/usr/sbin/nrpe -c /etc/nagios/nrpe.cfg -f', { user: MONITOR }));
  return { init, cron, sshd, monitor, workers: role.boot(machine, at + 1500, init) };
}
