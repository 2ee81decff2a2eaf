/** Version of Elasticsearch whose clients may take us for it. */
const VERSION = '8.17.0';

export interface ClusterIdentity {
  /** Stays the same as long as the data folder does. */
  readonly uuid: string;
}

/** `GET /`: who answers here. */
export const rootAnswer = ({ uuid }: ClusterIdentity) => ({
  name: 'oddspawn',
  cluster_name: 'oddspawn',
  cluster_uuid: uuid,
  version: {
    number: VERSION,
    build_flavor: 'default',
    build_type: 'tar',
    build_hash: '0000000000000000000000000000000000000000',
    build_date: '2024-12-11T12:08:05.663969764Z',
    build_snapshot: false,
    lucene_version: '9.12.0',
    minimum_wire_compatibility_version: '7.17.0',
    minimum_index_compatibility_version: '7.0.0',
  },
  tagline: 'You Know, for Search',
});

/** Where this server was reached, as the request says. */
export interface ReachedAt {
  /** The `Host` header. */
  readonly host: string;
  /** Of this end of the connection. */
  readonly ip: string;
  readonly isTls: boolean;
}

/**
 * `GET /_nodes/http`: clients that look for further nodes ("sniff") go on with what they find here, and with nothing else; so it
 * is the address that they have come to.
 */
export function nodesAnswer({ uuid }: ClusterIdentity, { host, ip, isTls }: ReachedAt) {
  const [, name = host, port = isTls ? '443' : '80'] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  const isNumeric = /^[\d.]+$|^\[/.test(name);
  const address = isNumeric ? `${name}:${port}` : `${name}/${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
  const http = { bound_address: [address], publish_address: address, max_content_length_in_bytes: 104_857_600 };
  const node = { name: 'oddspawn', host: name, ip, version: VERSION, roles: ['data', 'ingest', 'master'], http };
  return { _nodes: { total: 1, successful: 1, failed: 0 }, cluster_name: 'oddspawn', nodes: { [uuid]: node } };
}

/** `GET /_license`: Logstash stays idle without an active one. */
export const licenseAnswer = ({ uuid }: ClusterIdentity) => ({
  license: { status: 'active', type: 'basic', uid: uuid, issued_to: 'oddspawn', issuer: 'oddspawn' },
});

/** `GET /_cluster/health` */
export const healthAnswer = () => ({
  cluster_name: 'oddspawn',
  status: 'green',
  timed_out: false,
  number_of_nodes: 1,
  number_of_data_nodes: 1,
  active_primary_shards: 1,
  active_shards: 1,
  relocating_shards: 0,
  initializing_shards: 0,
  unassigned_shards: 0,
});

/** `GET /_cat/health`, as text. */
export const catHealthAnswer = (now: Date): string =>
  `${Math.floor(now.getTime() / 1000)} ${now.toISOString().slice(11, 19)} oddspawn green 1 1 1 1 0 0 0 0 0 - 100.0%\n`;

export const ACKNOWLEDGED = { acknowledged: true } as const;

const VENDOR = /application\/vnd\.elasticsearch\+(?:x-nd)?json\s*;\s*compatible-with=(\d)/i;

/** Content type of a JSON answer: clients that ask for compatibility with a version want to read it back. */
export function answerType(accept: string | undefined, contentType: string | undefined): string {
  const [, version] = VENDOR.exec(accept ?? '') ?? VENDOR.exec(contentType ?? '') ?? [];
  return version === undefined ? 'application/json' : `application/vnd.elasticsearch+json;compatible-with=${version}`;
}
