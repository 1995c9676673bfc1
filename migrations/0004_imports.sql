-- The import: what goes in together, how it is read and mapped, what was found, what it changed.

create table import_counters (
  org_id bigint primary key,
  last_number int not null
);
call protect_rows('import_counters');

create table imports (
  org_id bigint not null,
  id bigint generated always as identity,
  number int not null,
  label text not null,
  kind text not null,
  status text not null check (status in ('incomplete', 'checking', 'failed', 'waiting_for_approval',
    'in_progress', 'completed', 'cancelled', 'undone', 'partly_undone')),
  -- Why it is where it is: {code, params} of a refusal or a reason.
  reason jsonb,
  settings jsonb not null,
  -- What loading would do: counts, groups of findings, hashes of what it rests on.
  plan jsonb,
  plan_hash text,
  counts jsonb,
  undo jsonb,
  created_by bigint,
  created_at timestamptz not null,
  checked_at timestamptz,
  loaded_at timestamptz,
  primary key (org_id, id),
  unique (org_id, number)
);
call protect_rows('imports');

create table import_sources (
  org_id bigint not null,
  import_id bigint not null,
  source smallint not null,
  kind text not null,
  file_id bigint not null,
  -- How the file is read: as detected, and what a person has chosen instead.
  reading jsonb not null,
  chosen jsonb not null,
  -- Real values of each column and the formats they suggest, taken over a sample of the whole file.
  columns jsonb not null,
  mapping_version int not null,
  row_count bigint,
  primary key (org_id, import_id, source)
);
call protect_rows('import_sources');
create index import_sources_by_file on import_sources (org_id, file_id);

-- Mappings are inputs: each change is a new version beside the earlier ones.
create table import_mappings (
  org_id bigint not null,
  import_id bigint not null,
  source smallint not null,
  version int not null,
  mapping jsonb not null,
  created_by bigint,
  created_at timestamptz not null,
  primary key (org_id, import_id, source, version)
);
call protect_rows('import_mappings');

create table import_findings (
  org_id bigint not null,
  import_id bigint not null,
  source smallint not null,
  row_number bigint not null,
  seq int not null,
  line bigint not null,
  column_number int,
  field text,
  code text not null,
  severity text not null check (severity in ('error', 'warning', 'info')),
  value text,
  params jsonb not null default '{}',
  primary key (org_id, import_id, source, row_number, seq)
);
call protect_rows('import_findings');
create index import_findings_by_code on import_findings (org_id, import_id, code, field, source, row_number, seq);

create table import_approvals (
  org_id bigint not null,
  import_id bigint not null,
  id bigint generated always as identity,
  plan_hash text not null,
  person_id bigint,
  person_name text not null,
  via text not null,
  approved_at timestamptz not null,
  primary key (org_id, import_id, id)
);
call protect_rows('import_approvals');

-- Records that the import changed or joined: what it found and what it wrote, field by field, as canonical text.
create table import_changes (
  org_id bigint not null,
  import_id bigint not null,
  kind text not null,
  record_id bigint not null,
  source smallint not null,
  row_number bigint not null,
  change text not null check (change in ('updated', 'joined')),
  before jsonb not null,
  after jsonb not null,
  -- Version and stamps of the record as the import found it.
  found jsonb not null,
  undone_at timestamptz,
  primary key (org_id, import_id, kind, record_id)
);
call protect_rows('import_changes');
create index import_changes_by_record on import_changes (org_id, kind, record_id, import_id);

-- Records that an undo left as they are, with the reason.
create table import_kept (
  org_id bigint not null,
  import_id bigint not null,
  kind text not null,
  record_id bigint not null,
  change text not null check (change in ('created', 'updated')),
  outcome text not null check (outcome in ('kept', 'blocked')),
  because jsonb not null,
  primary key (org_id, import_id, kind, record_id)
);
call protect_rows('import_kept');

create table import_progress (
  org_id bigint not null,
  import_id bigint not null,
  stage text not null check (stage in ('read', 'check', 'load', 'undo')),
  done bigint not null,
  total bigint,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  cancelled_by bigint,
  cancel_requested_at timestamptz,
  primary key (org_id, import_id)
);
call protect_rows('import_progress');

-- Resumable uploads under way, with what the card-number scanner has seen so far (no digits).
create table uploads (
  org_id bigint not null,
  file_id bigint not null,
  total_bytes bigint,
  received_bytes bigint not null default 0,
  metadata jsonb not null,
  scanner jsonb not null,
  refused jsonb,
  created_by bigint,
  created_at timestamptz not null,
  primary key (org_id, file_id)
);
call protect_rows('uploads');
