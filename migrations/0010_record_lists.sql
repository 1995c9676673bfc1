-- Views of lists that people keep: which columns in which order, sorted and filtered how; one's own or everybody's.
create table saved_views (
  org_id bigint not null,
  id bigint generated always as identity,
  kind text not null,
  name text not null check (length(name) between 1 and 100),
  is_shared boolean not null,
  owner_id bigint,
  -- {columns, sort, search, importId, where}, as the list takes them.
  definition jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (org_id, id)
);
call protect_rows('saved_views');
create index saved_views_of_kind on saved_views (org_id, kind);

-- A change of many records is one event for each of them; this finds those of one change, so that it can be taken back.
create index history_together on history (org_id, (params ->> 'together')) where params ? 'together';
