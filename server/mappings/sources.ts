/** Names of the sources that can be asked for; a test compares them with the mappings, which are loaded only when needed. */
export const SOURCES: readonly string[] = [
  'ecs',
  'elastic-defend-8.2',
  'elastic-hits',
  'kibana-csv',
  'auditd',
  'laurel',
  'sysmon',
  'osquery',
  'falco',
  'tetragon',
  'wazuh',
  'crowdstrike',
  'defender',
];
