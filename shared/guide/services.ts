const WEB_SERVERS = new Set(
  `apache apache2 httpd httpd.worker nginx openresty lighttpd caddy traefik cherokee h2o resin yaws webfsd varnishd lswsctrl lsphp
  frankenphp asterisk node java gunicorn uwsgi uvicorn hypercorn daphne twistd tornado waitress-serve flask starman puma unicorn
  mongrel mongrel_rails rails sw-engine-fpm zabbix_server php-cgi php-fcgi`.split(/\s+/),
);
const WEB_SERVER_FORMS = /^(?:php-|php\d|gunicorn|python|ruby|perl)|\.f?cgi$/;

/** Whether a program of this name serves web requests, or is an interpreter that may. */
export const isWebServer = (name: string): boolean => WEB_SERVERS.has(name) || WEB_SERVER_FORMS.test(name);

const ROUTINE_PARENTS = new Set(
  `cron crond anacron systemd sshd sudo su login ansible puppet chef-client salt-minion dpkg apt apt-get rpm yum dnf logrotate
  run-parts`.split(/\s+/),
);

/** Whether a program of this name starts others on behalf of people or schedules, not of requests. */
export const isRoutineParent = (name: string): boolean => ROUTINE_PARENTS.has(name);

const SERVICE_USERS = new Set(
  'apache www-data www httpd nginx lighttpd caddy tomcat tomcat8 tomcat9 jetty ftp ftpuser ftpd nobody php-fpm uwsgi gunicorn'.split(
    ' ',
  ),
);

/** Account ids that distributions give to web servers (the rules name them too). */
const SERVICE_IDS = new Set(['33', '48', '99', '498']);

export type Account = 'root' | 'service' | 'person' | 'unknown';

/** Whose account it is, by name, else by id; people have ids from 1000 on, `nobody` has 65534. */
export function accountOf(name: string | undefined, id: string | undefined): Account {
  if (name === 'root' || id === '0') return 'root';
  if ((name && SERVICE_USERS.has(name)) || (id && SERVICE_IDS.has(id))) return 'service';
  const number = id && /^\d{1,10}$/.test(id) ? Number(id) : Number.NaN;
  if (number >= 1000 && number < 65534) return 'person';
  return number > 0 && number < 1000 ? 'service' : 'unknown';
}
