import { expect, test } from 'vitest';
import { formatDiagnostic } from '#shared/base/diagnostic.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileEsql } from './esql/compile.ts';
import type { QueryLanguage } from './fields-named.ts';
import { compileKql } from './kql/compile.ts';
import { widenForQuery } from './widen-for-query.ts';

/** What compiling says of a query over the store's own fields and those that the schemas add. */
function said(query: string, language: QueryLanguage): readonly string[] {
  const { catalogue, warnings } = widenForQuery(ECS_PROCESS, query, language);
  const compiled = language === 'kql' ? compileKql(query, catalogue) : compileEsql(query, catalogue);
  const found = compiled.ok ? compiled.value.warnings.filter(({ code }) => code !== 'no-limit') : compiled.error;
  return [...warnings, ...found].map((problem) => formatDiagnostic(query, problem));
}

// Constructs and fields as rules for these sources use them; the queries are our own.
test.each([
  'event.category:process and host.os.type:windows and process.parent.name.caseless:("WinWord.exe" or "excel.exe") and not process.executable:(?\\:\\\\Windows\\\\System32\\\\*.exe or "C:\\\\Program Files\\\\x.exe")',
  'process.code_signature.trusted:false and process.Ext.token.integrity_level_name:System and process.pe.original_file_name:a.exe',
  'event.type:change and registry.path:*\\\\CurrentVersion\\\\Run\\\\* and registry.data.strings:*powershell*',
  'dll.name:x.dll and not dll.code_signature.exists:true and dll.hash.sha256:* and dll.Ext.relative_file_creation_time <= 500',
  'powershell.file.script_block_text:("Reflection.Emit" and (Marshal or "GetDelegate") and not "sample text") and not file.directory:C\\:\\\\*',
  'winlog.channel:Security and winlog.event_data.TargetUserName:*$ and winlog.logon.type:Network and event.code:(4624 or "4625")',
  'event.dataset:aws.cloudtrail and aws.cloudtrail.user_identity.type:Root and aws.cloudtrail.flattened.request_parameters.includeDeprecated:"true" and aws.cloudtrail.request_parameters:*owner=*',
  'aws.cloudtrail.console_login.additional_eventdata.mfa_used:false and source.as.organization.name:* and user_agent.original:*boto*',
  'event.dataset:azure.signinlogs and azure.signinlogs.properties.is_interactive:true and azure.signinlogs.properties.risk_level_during_signin:(high or medium) and azure.signinlogs.properties.status.error_code:(50053 or 50126)',
  'azure.auditlogs.properties.target_resources.0.modified_properties.1.new_value:*Device* and event.outcome:(success or Success)',
  'event.dataset:o365.audit and event.provider:Exchange and o365.audit.Parameters.ForwardTo:* and o365.audit.LogonError:(UserAccountNotFound)',
  'event.dataset:okta.system and okta.debug_context.debug_data.flattened.grantType:"client_credentials" and okta.security_context.is_proxy:true and okta.client.ip:(10.0.0.0/8 or "::1")',
  'google_workspace.admin.new_value:*ADMIN* and google_workspace.drive.visibility:people_with_link',
  'event.dataset:github.audit and github.repository_public:true and github.reasons.message:"bypass branch"',
  'kubernetes.audit.annotations.authorization_k8s_io/decision:"allow" and kubernetes.audit.requestObject.spec.containers.securityContext.privileged:true and not kubernetes.audit.requestObject.spec.containers.image:(*/pause* or a)',
  'gcp.audit.labels.authorization.k8s.io/decision:allow and gcp.audit.request.spec.hostPID:true',
  'network.transport:tcp and destination.port:(22 or "445") and not destination.ip:(127.0.0.0/8 or "fe80::/10") and network.bytes > 1000',
  'dns.question.name:*.test and dns.answers.ttl < 60 and not dns.resolved_ip:10.*.0.1',
  'http.request.headers.content-type:text* and url.path:/a/* and http.response.status_code >= 400',
  'threat.indicator.file.hash.sha256:* and labels.is_ioc_transform_source:true',
  'kibana.alert.risk_score > 70 and kibana.alert.rule.threat.tactic.name:(Discovery or "Lateral Movement") and signal.rule.name:*',
  'process.Ext.api.name:VirtualAlloc and process.parent.Ext.real.pid > 4 and process.thread.Ext.call_stack_contains_unbacked:true',
  'file.path.caseless:*\\\\startup\\\\* and file.size > 100 and file.Ext.windows.zone_identifier > 1 and Target.process.name:lsass.exe',
  'host.os.type:macos and process.name.text:curl and user.name.text:"some body" and user.id >= "S-1-5-21" and user.id <= "S-1-5-22"',
])('KQL %s', (query) => {
  const expected = query.includes('10.*.0.1') ? [expect.stringContaining('Can only use wildcard queries')] : [];
  expect(said(query, 'kql')).toEqual(expected);
});

test.each([
  'from logs-endpoint.events.process-* | where host.os.type == "windows" and process.code_signature.trusted == true and process.parent.pid > 4 | keep user.id, process.pe.original_file_name',
  'from logs-aws.cloudtrail-* metadata _id | where aws.cloudtrail.user_identity.access_key_id is not null | stats Esql.count = count_distinct(source.ip) by cloud.account.id, source.as.organization.name | where Esql.count >= 5',
  'from logs-azure.signinlogs-* | where azure.signinlogs.properties.status.error_code in (50053, 50126) and azure.auditlogs.properties.target_resources.`0`.display_name == "x" | stats c = count(*) by user.name | where c > 10',
  'from logs-* | where cidr_match(destination.ip, "10.0.0.0/8") and destination.port == 443 | eval day = date_trunc(1 day, event.ingested) | stats bytes = sum(network.bytes) by day',
  'from logs-system.* | where kql("winlog.event_data.LogonType:3 and source.ip:*") | eval u = to_lower(winlog.event_data.TargetUserName) | keep u, winlog.computer_name',
])('ES|QL %s', (query) => {
  expect(said(query, 'esql')).toEqual([]);
});

test('a field that nobody knows is taken for what its use asks for', () => {
  expect(said('acme.count >= 5 and acme.seen > now-1d and acme.net:"10.0.0.0/8" and acme.name:x', 'kql')).toEqual([
    expect.stringContaining('acme.count: it is taken to be of type long'),
    expect.stringContaining('acme.seen: it is taken to be of type date'),
    expect.stringContaining('acme.net: it is taken to be of type ip'),
    expect.stringContaining('acme.name: it is taken to be of type keyword'),
  ]);
});
