-- What an organisation adds to the kinds: fields of its own, and the options of the lists that it maintains.

-- A new revision with every change of fields or options, in the same transaction: who holds definitions in
-- memory asks for this one row. Never counted, so that one that is rolled back does not come again.
create table kind_revisions (
  org_id bigint not null primary key,
  revision uuid not null
);
call protect_rows('kind_revisions');

-- Values stand in `custom` of the kind's table under `key`, as canonical text. A key is never given twice:
-- a field that was deleted keeps its row and its values, so that it can be brought back.
create table custom_fields (
  org_id bigint not null,
  id bigint generated always as identity,
  kind text not null,
  key text not null check (key ~ '^[a-z][a-zA-Z0-9]{0,59}$'),
  type text not null check (type in ('text', 'multiline', 'integer', 'number', 'money', 'percent', 'date', 'time',
    'datetime', 'boolean', 'enum', 'choices', 'url', 'email', 'phone', 'country', 'person', 'file')),
  -- In one language or both; the one that is missing is shown in the other.
  label_en text,
  label_cs text,
  hint text,
  -- A section of the kind by its name, or a group that the organisation named itself.
  group_name text,
  required boolean not null,
  pattern text,
  max_length int,
  currency text,
  -- For selections: the list whose options they offer.
  list text,
  in_list boolean not null,
  in_filter boolean not null,
  in_export boolean not null,
  place int not null,
  version int not null default 1,
  archived_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  primary key (org_id, id),
  unique (org_id, kind, key),
  check (label_en is not null or label_cs is not null),
  check ((type in ('enum', 'choices')) = (list is not null))
);
call protect_rows('custom_fields');

-- A list is here once the organisation has changed it; until then it has the options it came with.
create table code_lists (
  org_id bigint not null,
  id bigint generated always as identity,
  name text not null,
  label_en text,
  label_cs text,
  created_at timestamptz not null,
  created_by bigint,
  primary key (org_id, id),
  unique (org_id, name)
);
call protect_rows('code_lists');

create table list_options (
  org_id bigint not null,
  id bigint generated always as identity,
  list text not null,
  -- What records hold; never changes.
  value text not null check (length(value) between 1 and 200),
  label_en text,
  label_cs text,
  synonyms text[] not null default '{}',
  place int not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  created_by bigint,
  -- The import that created it because a row needed it.
  import_id bigint,
  primary key (org_id, id),
  unique (org_id, list, value),
  check (label_en is not null or label_cs is not null)
);
call protect_rows('list_options');
create index list_options_by_import on list_options (org_id, import_id) where import_id is not null;
