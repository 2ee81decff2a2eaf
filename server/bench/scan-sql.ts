import { quoteText } from '#server/store/duckdb/sql/identifier.ts';

/** The columns that both rules need, typed as an analyst who knows the file would. */
const COLUMNS = `{
  '@timestamp': 'TIMESTAMP', agent: 'STRUCT(id VARCHAR)',
  event: 'STRUCT(id VARCHAR, category VARCHAR[], type VARCHAR[], action VARCHAR)',
  host: 'STRUCT(id VARCHAR, name VARCHAR, os STRUCT(type VARCHAR))', "user": 'STRUCT(id VARCHAR, name VARCHAR)',
  process: 'STRUCT(name VARCHAR, executable VARCHAR, working_directory VARCHAR, command_line VARCHAR, args VARCHAR[],
    parent STRUCT(name VARCHAR, executable VARCHAR, command_line VARCHAR, args VARCHAR[]))'
}`;

/** One reading of the file; process starts only. */
const startsSql = (file: string): string => `CREATE TABLE starts AS
  SELECT "@timestamp" AS time, agent.id AS agent, event.id AS id, event.category AS category,
    host.id AS host_id, host.name AS host, "user".id AS user_id, "user".name AS user_name,
    process.name AS name, process.executable AS executable, process.working_directory AS directory,
    process.command_line AS command, process.args AS args,
    process.parent.name AS parent, process.parent.executable AS parent_executable,
    process.parent.command_line AS parent_command, process.parent.args AS parent_args
  FROM read_ndjson(${quoteText(file)}, columns = ${COLUMNS})
  WHERE host.os.type = 'linux' AND event.action = 'exec' AND list_contains(event.type, 'start')`;

/** Rare commands of shells below a web server, an hour at a time: each event is in the one run that ends its hour. */
const RARE_COMMANDS = `
  SELECT command, directory, parent_executable, list(DISTINCT host) AS hosts, list(id) AS events, min(time) AS first
  FROM (
    SELECT *, time_bucket(INTERVAL 1 hour, time - INTERVAL 1 millisecond) AS hour FROM starts
    WHERE (
      parent IN ('apache', 'nginx', 'apache2', 'httpd', 'lighttpd', 'caddy', 'node', 'mongrel_rails', 'java', 'gunicorn',
        'uwsgi', 'openresty', 'cherokee', 'h2o', 'resin', 'puma', 'unicorn', 'traefik', 'tornado', 'hypercorn',
        'daphne', 'twistd', 'yaws', 'webfsd', 'httpd.worker', 'flask', 'rails', 'mongrel')
      OR parent LIKE 'php-%' OR parent LIKE 'python%' OR parent LIKE 'ruby%' OR parent LIKE 'perl%'
      OR user_name IN ('apache', 'www-data', 'httpd', 'nginx', 'lighttpd', 'tomcat', 'tomcat8', 'tomcat9', 'ftp', 'ftpuser', 'ftpd')
      OR user_id IN ('99', '33', '498', '48') OR directory LIKE '/var/www/%')
    AND name IN ('bash', 'dash', 'sh', 'tcsh', 'csh', 'zsh', 'ksh', 'fish') AND command LIKE '% -c %'
    AND NOT (directory LIKE '/home/%' OR directory = '/' OR directory LIKE '/vscode/vscode-server/%'
      OR parent_executable LIKE '/vscode/vscode-server/%' OR parent_executable = '/usr/bin/xfce4-terminal')
  )
  GROUP BY command, directory, parent_executable, hour
  HAVING count(DISTINCT agent) = 1 AND count(*) < 5
  QUALIFY row_number() OVER (PARTITION BY hour ORDER BY count(*)) <= 100`;

/** Commands of a web server that its host had not run before, with the events of the run that saw them first. */
const NEW_COMMANDS = `
  SELECT command, host_id, executable, min(time) AS first, list(id ORDER BY time) AS events
  FROM starts
  WHERE list_contains(category, 'process') AND executable IS NOT NULL AND command IS NOT NULL AND (
    parent IN ('apache2', 'asterisk', 'caddy', 'daphne', 'flask', 'frankenphp', 'httpd', 'httpd.worker', 'lswsctrl',
      'mongrel_rails', 'nginx', 'php-cgi', 'php-cgi.cagefs', 'php-fcgi', 'starman', 'sw-engine-fpm', 'uvicorn', 'uwsgi',
      'varnishd', 'waitress-serve', 'zabbix_server')
    OR parent LIKE '%.cgi' OR parent LIKE '%.fcgi' OR parent LIKE 'gunicorn%' OR parent LIKE 'php-fpm%'
    OR parent LIKE 'ruby%' AND regexp_matches(parent_command, 'passenger|puma|rails')
    OR parent LIKE 'python%' AND regexp_matches(parent_command,
      'app\\.py|asgi\\.py|django|flask|hypercorn|server\\.py|uvicorn|wsgi\\.py')
    OR parent LIKE 'perl%' AND parent_command LIKE '%plackup%'
    OR parent = 'java' AND len(list_filter(parent_args, lambda arg: regexp_matches(arg,
      '^(com\\.atlassian\\.jira\\.startup\\.Launcher|com\\.caucho\\.server\\.resin\\.Resin|com\\.google\\.gerrit\\.pgm\\.Daemon|com\\.ibm\\.ws\\.kernel\\.boot\\.cmdline\\.Bootstrap|com\\.ibm\\.ws\\.runtime\\.WsServer|com\\.sun\\.enterprise\\.glassfish\\.bootstrap\\.ASMain|io\\.dropwizard\\.cli\\.ServerCommand|io\\.helidon\\.microprofile\\.server\\.Main|io\\.micronaut\\.runtime\\.Micronaut|io\\.quarkus\\.runner\\.GeneratedMain|io\\.vertx\\.core\\.Launcher|org\\.apache\\.catalina\\.startup\\.Bootstrap|org\\.eclipse\\.jetty\\.start\\.Main|org\\.elasticsearch\\.bootstrap\\.Elasticsearch|org\\.jboss\\.modules\\.Main|play\\.core\\.server\\.ProdServerStart|weblogic\\.Server)$|-Dsolr\\.solr\\.home=|BitbucketServerLauncher|jenkins\\.war|quarkus-run\\.jar|weblogic-launcher\\.jar|^-Dcatalina\\.base=|^-Djboss\\.home\\.dir=|^-Djetty\\.home=|^-Dweblogic\\.Name=|^io\\.helidon\\.webserver|^org\\.apereo\\.cas|^org\\.keycloak|^org\\.springframework\\.boot\\.loader\\.'))) > 0
  ) AND NOT (
    name IN ('arp', 'aws', 'az', 'base16', 'base32', 'base64', 'base64mime', 'base64pem', 'base64plain', 'base64url',
      'basenc', 'basez', 'bash', 'busybox', 'cat', 'chmod', 'chpasswd', 'cp', 'crictl', 'csh', 'ctr', 'curl', 'dash', 'df',
      'dig', 'docker', 'du', 'fish', 'gcloud', 'helm', 'host', 'htop', 'ifconfig', 'ip', 'ksh', 'kubectl', 'ln', 'lsblk',
      'lsof', 'ltrace', 'mkdir', 'mksh', 'mv', 'nc', 'nc.openbsd', 'nc.traditional', 'ncat', 'netcat', 'ngrok', 'nmap',
      'nslookup', 'openssl', 'passwd', 'rm', 'sh', 'socat', 'ss', 'strace', 'sudo', 'tcpdump', 'tcsh', 'telnet', 'top',
      'touch', 'traceroute', 'wget', 'whoami', 'xxd', 'zsh')
    OR regexp_matches(name, '\\.(bin|elf|jar|mjs|js|pl|py|rb|sh)$|\\.lua|\\.php|^\\.')
    OR regexp_matches(executable, '^(\\./|/boot/|/dev/shm/|/home/.*/|/lost\\+found/|/proc/|/root/|/run/|/sys/|/tmp/|/var/mail/|/var/run/|/var/tmp/|/var/www/)')
    OR parent = 'java' AND NOT parent_executable LIKE '/u0%/%'
    OR regexp_matches(directory, '^/u0.*/.*/sysman/emd$|^/u0.*/app/oracle/product/.*/db(home)?_|^/var/www/.*edoc')
    OR len(list_filter(args, lambda arg: starts_with(arg, '/usr/bin/rsvg-convert') OR starts_with(arg, '/usr/local/bin/wkhtmltopdf'))) > 0
    OR command LIKE '%/opt/sc/bin/showvulns%')
  GROUP BY command, host_id, executable`;

/**
 * What an analyst would write in DuckDB SQL to get the alerts of both shipped rules of a file that is a week long at most: no care
 * for fields written otherwise, broken lines, repeated events or what a run cuts. The last two statements give a row an alert.
 */
export const scanSql = (file: string): readonly [string, string, string] => [
  startsSql(file),
  `SELECT command, directory, parent_executable, min(first) AS first, list_distinct(flatten(list(events))) AS events
  FROM (${RARE_COMMANDS}) GROUP BY command, directory, parent_executable`,
  NEW_COMMANDS,
];
