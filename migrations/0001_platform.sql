-- What everything stands on: the organisation of a transaction, row security, leases, encrypted files.

create function current_org() returns bigint language sql stable parallel safe
  return nullif(current_setting('carryover.org', true), '')::bigint;

-- Row security for a table of an organisation: forced, so that its owner is subject to it too. The function
-- is called in a sub-select so that it runs once for a statement and not once for a row.
create procedure protect_rows(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy own_organisation on %s using (org_id = (select current_org())) with check (org_id = (select current_org()))',
    target);
  execute format('grant select, insert, update, delete on %s to carryover_app, carryover_loader', target);
end $$;

create table leases (
  org_id bigint not null,
  name text not null,
  owner uuid not null,
  fence bigint not null,
  expires_at timestamptz not null,
  primary key (org_id, name)
);
call protect_rows('leases');

-- Files that people brought or we made, each encrypted with a key of its own. Erasing one forgets its
-- key; hash and size stay.
create table files (
  org_id bigint not null,
  id bigint generated always as identity,
  name text not null,
  sealed_key bytea,
  sha256 text,
  bytes bigint not null default 0,
  state text not null default 'receiving' check (state in ('receiving', 'kept', 'erased', 'refused')),
  created_at timestamptz not null,
  created_by bigint,
  primary key (org_id, id)
);
call protect_rows('files');
create index files_by_hash on files (org_id, sha256) where sha256 is not null;

-- Answers to requests that carried an Idempotency-Key: the same key gives the same answer again.
create table idempotency_keys (
  org_id bigint not null,
  key text not null check (length(key) between 1 and 200),
  operation text not null,
  request_hash text not null,
  status int,
  answer jsonb,
  created_at timestamptz not null,
  primary key (org_id, key)
);
call protect_rows('idempotency_keys');
