import type { FieldType } from './field.ts';

/** Where a process can stand in an event. */
export const PROCESSES =
  '{process,process.parent,process.group_leader,process.parent.group_leader,process.session_leader,process.session_leader.parent,process.entry_leader,process.entry_leader.parent,process.previous,process.responsible,Target.process}';
/** Where a file can. */
export const FILES =
  '{file,dll,driver,process,process.parent,Target.process,Target.process.parent,email.attachments.file}';
/** The ends of a connection. */
export const ENDS = '{client,server,source,destination}';
/** Where threat intelligence describes an indicator. */
const INDICATORS = '{threat.indicator,threat.enrichments.indicator}';
const CERTIFICATES = `{tls.client.x509,tls.server.x509,file.x509,x509,${INDICATORS.slice(1, -1)
  .split(',')
  .map((name) => `${name}.x509`)
  .join(',')}}`;

/**
 * Names of fields whose type is not keyword, by type, as Elastic Common Schema and the mappings of its integrations have them
 * (elastic/ecs `generated/csv/fields.csv`, elastic/detection-rules `detection_rules/etc/non-ecs-schema.json`; names and types
 * are facts). Braces hold alternatives.
 */
export const KNOWN_TYPES: Readonly<Partial<Record<FieldType, readonly string[]>>> = {
  long: [
    `${ENDS}.{as.number,bytes,nat.port,packets,port}`,
    'as.number',
    'dns.answers.ttl',
    'event.{duration,sequence,severity}',
    `${FILES}.{pe.sections,elf.sections}.{chi2,entropy,physical_size,physical_offset,virtual_address,virtual_size}`,
    '{file,email.attachments.file,threat.indicator.file,threat.enrichments.indicator.file}.size',
    'file.Ext.windows.zone_identifier',
    'host.{uptime,disk.read.bytes,disk.write.bytes,network.egress.bytes,network.egress.packets,network.ingress.bytes,network.ingress.packets}',
    'http.{request.body.bytes,request.bytes,response.body.bytes,response.bytes,response.status_code}',
    'log.{offset,origin.file.line,syslog.facility.code,syslog.priority,syslog.severity.code}',
    'network.{bytes,packets}',
    'package.size',
    `${PROCESSES}.{pid,ppid,pgid,args_count,exit_code,uptime,thread.id,vpid,tty.char_device.major,tty.char_device.minor,tty.columns,tty.rows}`,
    `${PROCESSES}.{io.bytes_skipped.length,io.bytes_skipped.offset,io.total_bytes_captured,io.total_bytes_skipped,Ext.real.pid,Ext.session_info.id}`,
    'process.Ext.api.parameters.{size,address,desired_access_numeric,handle_type}',
    'process.thread.Ext.start_address',
    `${CERTIFICATES}.{public_key_exponent,public_key_size}`,
    '{url,threat.indicator.url}.port',
    'threat.indicator.{port,scanner_stats,sightings,as.number}',
    'volume.size',
    'winlog.{process.pid,process.thread.id,version}',
    'powershell.{sequence,total}',
    'powershell.file.{script_block_length,script_block_unique_symbols}',
    'gen_ai.{usage.input_tokens,usage.output_tokens,usage.prompt_tokens,usage.completion_tokens,usage.total_tokens,request.max_tokens}',
    'gen_ai.{request.choice.count,request.seed,request.top_k}',
    '{blocklist_label,problemchild.prediction,ml_is_dga.malicious_prediction}',
    'auditd.{sequence,session_id}',
    '{kibana.alert.depth,kibana.alert.ancestors.depth,kibana.alert.rule.max_signals,kibana.alert.workflow_count,kibana.alert.duration.us}',
    'kibana.alert.original_event.{duration,sequence,severity}',
    'kibana.alert.threshold_result.{count,cardinality.value}',
    'signal.{depth,rule.risk_score,rule.severity_score}',
    'azure.signinlogs.properties.{status.error_code,autonomous_system_number}',
    'azure.graphactivitylogs.properties.{response_size_bytes,response_status_code}',
    'o365.audit.OperationCount',
    'okta.{authentication_context.authentication_step,security_context.as.number}',
    'google_workspace.token.num_response_bytes',
    'gcp.audit.{status.code,num_response_items}',
    'kubernetes.audit.responseStatus.code',
    'kubernetes.audit.requestObject.spec.{securityContext.runAsUser,containers.securityContext.runAsUser}',
    'aws.{s3access.bytes_sent,s3access.object_size,vpcflow.log_status_code}',
  ],
  double: [
    'geo.location.{lon,lat}',
    `{${ENDS},host,observer,${INDICATORS}}.geo.location.{lon,lat}`,
    'event.{risk_score,risk_score_norm}',
    '{host,user,service}.risk.{calculated_score,calculated_score_norm,static_score,static_score_norm}',
    'vulnerability.score.{base,environmental,temporal}',
    'host.cpu.usage',
    '{file,dll,process,driver}.Ext.{entropy,relative_file_creation_time,relative_file_name_modify_time}',
    'powershell.file.{script_block_entropy_bits,script_block_surprisal_stdev}',
    '{problemchild.prediction_probability,ml_is_dga.malicious_probability,anomaly_score,record_score,initial_record_score}',
    'kibana.alert.{risk_score,rule.risk_score,host.score,user.score}',
    'azure.signinlogs.properties.processing_time_ms',
    'gen_ai.request.{temperature,top_p}',
  ],
  boolean: [
    `${FILES}.{code_signature,Ext.code_signature}.{exists,trusted,valid}`,
    `${PROCESSES}.{interactive,same_as_process,io.max_bytes_per_process_exceeded,Ext.protection_enabled}`,
    '{process,process.parent,Target.process}.Ext.token.elevation',
    'tls.{established,resumed}',
    'tls.{client,server}.established',
    'faas.coldstart',
    'volume.{removable,writable}',
    '{file,dll}.Ext.device.removable',
    'process.Ext.{created_suspended,trusted}',
    'process.thread.Ext.call_stack_contains_unbacked',
    'aws.cloudtrail.{read_only,console_login.additional_eventdata.mobile_version,console_login.additional_eventdata.mfa_used}',
    'azure.signinlogs.properties.{is_interactive,flagged_for_review,is_tenant_restricted,device_detail.is_compliant,device_detail.is_managed}',
    'github.{repository_public,public_repo}',
    'kubernetes.audit.requestObject.spec.{hostPID,hostNetwork,hostIPC}',
    'kubernetes.audit.requestObject.spec.containers.securityContext.{privileged,allowPrivilegeEscalation}',
    'gcp.audit.request.spec.{hostPID,hostNetwork,hostIPC}',
    'gcp.audit.request.spec.containers.securityContext.{privileged,allowPrivilegeEscalation}',
    'gcp.audit.authorization_info.granted',
    'o365.audit.{IsManagedDevice,ExternalAccess}',
    'o365.audit.ParticipantInfo.{HasForeignTenantUsers,HasGuestUsers,HasOtherGuestUsers}',
    'okta.{security_context.is_proxy,device.managed,device.registered}',
    'google_workspace.drive.{billable,primary_event}',
    'kibana.alert.rule.{enabled,immutable}',
  ],
  date: [
    '@timestamp',
    'event.{created,ingested,start,end}',
    '{file,email.attachments.file}.{accessed,created,ctime,mtime}',
    `${PROCESSES}.{start,end}`,
    `${FILES}.{code_signature.timestamp,elf.creation_date}`,
    `${CERTIFICATES}.{not_after,not_before}`,
    'tls.{client,server}.{not_after,not_before}',
    'package.installed',
    'email.{delivery_timestamp,origination_timestamp}',
    `${INDICATORS}.{first_seen,last_seen,modified_at}`,
    'aws.cloudtrail.user_identity.session_context.creation_date',
    'azure.signinlogs.properties.created_at',
    'kubernetes.audit.{requestReceivedTimestamp,stageTimestamp}',
    'kibana.alert.{start,end,last_detected,original_time,intended_timestamp,workflow_status_updated_at}',
    'kibana.alert.rule.{created_at,updated_at,execution.timestamp}',
    'kibana.alert.original_event.{created,ingested,start,end}',
    'user.{last_login,changes.last_login}',
  ],
  ip: [
    `${ENDS}.{ip,nat.ip}`,
    '{host,observer,related,orchestrator.resource,threat.indicator,threat.enrichments.indicator,okta.client,okta.request.ip_chain}.ip',
    'dns.resolved_ip',
    'network.forwarded_ip',
    `${PROCESSES}.entry_meta.source.ip`,
    'host.nat.ip',
    'cisco.asa.{mapped_source_ip,mapped_destination_ip}',
    'azure.signinlogs.properties.ip_address',
  ],
  wildcard: [
    `${PROCESSES}.command_line`,
    `{url,threat.indicator.url,threat.enrichments.indicator.url}.{full,original,path}`,
    'error.stack_trace',
    'http.{request,response}.body.content',
    '{registry,threat.indicator.registry,threat.enrichments.indicator.registry}.data.strings',
  ],
  text: [
    '{message,error.message}',
    'powershell.file.script_block_text',
    'github.reasons.message',
    'kibana.alert.reason.text',
  ],
  constant_keyword: ['data_stream.{dataset,namespace,type}'],
};

/** Objects whose members are all keywords, mapped in advance or not. */
export const FLATTENED: readonly string[] = [
  'aws.cloudtrail.flattened.{additional_eventdata,request_parameters,response_elements,service_event_details,insight_details,digest}',
  'azure.platformlogs.properties',
  'okta.debug_context.debug_data.flattened',
  'okta.transaction.detail',
  'kibana.alert.rule.parameters',
  'powershell.command.invocation_details.flattened',
];

/** Lists of objects each of which is asked for itself. */
export const NESTED: readonly string[] = [
  `${FILES}.{elf,pe,macho}.sections`,
  `${FILES}.elf.segments`,
  'threat.enrichments',
  'email.attachments',
];

/** Fields that usually have several values in one event. */
export const LISTS: readonly string[] = [
  'tags',
  'related.{ip,hash,hosts,user}',
  'dns.{resolved_ip,header_flags,answers.class,answers.data,answers.name,answers.type,answers.ttl}',
  `${PROCESSES}.{args,env_vars,supplemental_groups.id,supplemental_groups.name}`,
  'threat.{tactic,technique,technique.subtechnique}.{id,name,reference}',
  'host.{ip,mac}',
  'observer.{ip,mac}',
  'container.image.tag',
];
