/** How Elastic Defend is set up so that both rules see what they need, step by step. */
export interface SetupStep {
  readonly title: string;
  readonly text: string;
}

export const ELASTIC_DEFEND: readonly SetupStep[] = [
  {
    title: 'Add the integration',
    text: 'In Kibana: Integrations, Elastic Defend, Add. Give it a name that says which hosts it is for. As environment choose “Traditional Endpoints” for servers, “Cloud Workloads” for container hosts.',
  },
  {
    title: 'Choose a preset',
    text: '“Complete EDR” (for cloud workloads “All events”) records every process start, which is what these rules are about. Presets that only prevent malware record too little.',
  },
  {
    title: 'Put it on an agent policy',
    text: 'A new one, or the one that your web servers have already. Only hosts with that policy are seen.',
  },
  {
    title: 'Check which events are collected',
    text: 'In the integration’s settings under Linux, Process must be ticked. File and network events are not used here and may stay off; they are passed over when they come.',
  },
  {
    title: 'Keep processes in single events',
    text: 'From 8.18 on, short-lived processes are written as one merged document, which the rarity rule does not match. Either set linux.advanced.events.aggregate_process to false in the advanced settings, or switch on “Split merged documents” for the source here.',
  },
  {
    title: 'Send the events here',
    text: 'Agents that Fleet manages get their keys from Fleet, so let them send to Logstash (Fleet, Settings, Outputs: Logstash; then choose that output in the agent policy), and let Logstash send here: its stanza is above. A second output in the same pipeline keeps your cluster supplied as before.',
  },
  {
    title: 'Add the Elastic Agent to the hosts, and look',
    text: 'Enrol the hosts with that policy. A minute later their stream is in the list on this page, and field coverage tells whether host.id, agent.id and the parent’s fields are there.',
  },
];
