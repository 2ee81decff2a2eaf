/** NDJSON of one host: nginx starts php-fpm, which starts shells, `width` of them, each with a child; in all `count` processes. */
export function treeEvents(count: number, host = 'wide-01'): string {
  const begin = Date.parse('2026-11-20T10:00:00.000Z');
  const events: object[] = [];
  const exec = (pid: number, parent: { pid: number; name: string; line: string }, name: string, line: string): void => {
    events.push({
      '@timestamp': new Date(begin + events.length * 50).toISOString(),
      event: { id: `${host}-${events.length}`, category: ['process'], type: ['start'], action: 'exec', sequence: pid },
      host: { id: host, name: host, os: { type: 'linux' } },
      agent: { id: `agent-${host}` },
      user: { id: '33', name: pid % 7 === 0 ? 'root' : 'www-data' },
      process: {
        pid,
        entity_id: `${host}-${pid}`,
        name,
        executable: `/usr/bin/${name}`,
        command_line: line,
        args: line.split(' '),
        working_directory: '/var/www/html',
        parent: {
          pid: parent.pid,
          entity_id: `${host}-${parent.pid}`,
          name: parent.name,
          executable: `/usr/bin/${parent.name}`,
          command_line: parent.line,
        },
      },
    });
  };
  const server = { pid: 100, name: 'nginx', line: 'nginx: master process' };
  exec(100, { pid: 1, name: 'systemd', line: '/sbin/init' }, server.name, server.line);
  for (let pid = 101; events.length < count; pid += 2) {
    const line = `sh -c convert upload-${pid}${'abcdefghij'[pid % 10]}.png`;
    exec(pid, server, 'sh', line);
    const shell = { pid, name: 'sh', line };
    exec(pid + 1, shell, 'convert', `convert upload-${pid}.png -resize ${pid} out.png`);
  }
  return `${events.map((event) => JSON.stringify(event)).join('\n')}\n`;
}
