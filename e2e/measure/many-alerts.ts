import { join } from 'node:path';
import Libsql from 'libsql';

const CHUNK = 200;

/** Copies the alerts that a stopped program holds until there are so many more, each with another id, host and command. */
export async function manyAlerts(dataFolder: string, count: number): Promise<void> {
  const database = new Libsql(join(dataFolder, 'state.db'));
  const columns = (database.prepare('select name from pragma_table_info(?)').all('alerts') as { name: string }[]).map(
    ({ name }) => name,
  );
  const own = new Set(['id', 'keys_digest', 'command_line', 'hosts', 'first_seen', 'last_seen', 'event_count']);
  const copied = columns.filter((name) => !own.has(name));
  const numbers = `with recursive numbers(n) as (select ? union all select n + 1 from numbers where n < ?)`;
  const when = `strftime('%Y-%m-%dT%H:%M:%fZ', last_seen, '-' || (n * 7) || ' seconds')`;
  const insert = database.prepare(`${numbers}
    insert into alerts (${copied.join(', ')}, id, keys_digest, command_line, hosts, first_seen, last_seen, event_count)
    select ${copied.join(', ')}, id || '-' || n, keys_digest || '-' || n, command_line || ' #' || n,
      '["web' || (n % 400) || '.example.com"]', ${when}, ${when}, n % 90 + 1
    from (select * from alerts where id not like '%-%' limit 10), numbers`);
  database.exec('begin');
  for (let n = 0; n < count / 10; n += CHUNK) insert.run(n, Math.min(n + CHUNK, Math.ceil(count / 10)) - 1);
  database.exec(`insert into alert_values (alert_id, kind, value)
    select id, 'host', json_extract(hosts, '$[0]') from alerts where id like '%-%'`);
  database.exec('commit');
  database.close();
}
