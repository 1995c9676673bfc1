-- Organisations, the people who use them, and everything by which a caller proves who they are. Secrets are
-- kept as SHA-256 only. What a caller presents names its organisation, so that rows are read inside of it;
-- only the functions at the end look across organisations.

create table organisations (
  org_id bigint generated always as identity primary key,
  name text not null,
  language text not null check (language in ('en', 'cs')),
  time_zone text not null,
  country text not null,
  currency text not null,
  is_demo boolean not null default false,
  -- Where its administrators reach this installation; links in mail that a stranger caused begin with it.
  base_url text,
  created_at timestamptz not null
);
call protect_rows('organisations');
revoke insert, delete on organisations from carryover_app, carryover_loader;

create table people (
  org_id bigint not null references organisations (org_id),
  id bigint generated always as identity,
  name text not null,
  -- Null: a person without sign-in.
  email text,
  role text not null
    check (role in ('administrator', 'manager', 'operator', 'support', 'migration', 'member')),
  language text not null check (language in ('en', 'cs')),
  status text not null check (status in ('invited', 'active', 'deactivated')),
  -- Argon2id as a PHC string; null until an invitation is accepted.
  password_hash text,
  external_id text,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  primary key (org_id, id)
);
call protect_rows('people');
create unique index people_by_email on people (org_id, lower(email));
create unique index people_by_external_id on people (org_id, external_id);
-- For the directory function alone: sign-in knows an e-mail address before it knows an organisation.
create index people_directory on people (lower(email)) where password_hash is not null;

create table sessions (
  org_id bigint not null,
  id bigint generated always as identity,
  person_id bigint not null,
  secret_hash bytea not null,
  ip text not null,
  user_agent text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, person_id) references people (org_id, id) on delete cascade
);
call protect_rows('sessions');
create index sessions_of_person on sessions (org_id, person_id);

create table api_keys (
  org_id bigint not null,
  id bigint generated always as identity,
  name text not null,
  secret_hash bytea not null,
  hint text not null,
  scopes text[] not null,
  created_by bigint not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, created_by) references people (org_id, id)
);
call protect_rows('api_keys');
create index api_keys_of_person on api_keys (org_id, created_by);

-- Links in mail. A person has at most one open link of a purpose: a new one replaces it.
create table person_tokens (
  org_id bigint not null,
  id bigint generated always as identity,
  person_id bigint not null,
  purpose text not null check (purpose in ('invitation', 'reset')),
  secret_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, person_id, purpose),
  foreign key (org_id, person_id) references people (org_id, id) on delete cascade
);
call protect_rows('person_tokens');

-- Of the whole installation, because nobody is signed in yet. The subject is a hash of an e-mail address or IP.
create table sign_in_throttles (
  scope text not null check (scope in ('email', 'ip')),
  subject bytea not null,
  failures int not null,
  failed_at timestamptz not null,
  blocked_until timestamptz not null,
  primary key (scope, subject)
);
grant select, insert, update, delete on sign_in_throttles to carryover_app;

-- One-time links that make the first organisation.
create table setup_tokens (
  secret_hash bytea primary key,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
grant select, insert, update, delete on setup_tokens to carryover_app;

-- The functions below run as the owner of the tables, for whom alone these policies open them.
create policy directory on organisations to carryover_owner using (true) with check (true);
create policy directory on people for select to carryover_owner using (true);

-- Organisations in which somebody signs in with this address: their ids and nothing else.
create function find_sign_in_organisations(wanted text) returns setof bigint
  language sql stable security definer set search_path = carryover, pg_temp as $$
    select org_id from people
    where lower(email) = lower(wanted) and password_hash is not null and status = 'active'
    order by org_id limit 20
  $$;

create function is_setup_needed() returns boolean
  language sql stable security definer set search_path = carryover, pg_temp as $$
    select not exists (select from organisations)
  $$;

create function create_organisation(
  name text, language text, time_zone text, country text, currency text, is_demo boolean, created_at timestamptz
) returns bigint
  language sql security definer set search_path = carryover, pg_temp as $$
    insert into organisations (name, language, time_zone, country, currency, is_demo, created_at)
    values ($1, $2, $3, $4, $5, $6, $7)
    returning org_id
  $$;

revoke execute on function find_sign_in_organisations, is_setup_needed, create_organisation from public;
grant execute on function find_sign_in_organisations, is_setup_needed, create_organisation to carryover_app;
