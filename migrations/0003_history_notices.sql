-- Who did what to which record (it is only ever added to), and the mail that goes out.

create table history (
  org_id bigint not null,
  id bigint generated always as identity,
  at timestamptz not null,
  -- Null: the system itself. The name is as it was at the time.
  person_id bigint,
  by_name text not null,
  via text not null check (via in ('session', 'api_key', 'local', 'task')),
  kind text not null,
  record_id bigint not null,
  event text not null,
  params jsonb not null default '{}',
  -- [{"field", "before", "after"}], canonical text.
  changes jsonb not null default '[]',
  primary key (org_id, id)
);
call protect_rows('history');
revoke update, delete on history from carryover_app, carryover_loader;
create index history_of_record on history (org_id, kind, record_id, id);

create table mail_settings (
  org_id bigint primary key,
  host text not null,
  port int not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  user_name text,
  sealed_password bytea,
  from_name text not null,
  from_address text not null,
  changed_at timestamptz not null
);
call protect_rows('mail_settings');

create table outbox (
  org_id bigint not null,
  id bigint generated always as identity,
  to_address text not null,
  template text not null,
  language text not null check (language in ('en', 'cs')),
  subject text not null,
  body_text text not null,
  body_html text not null,
  state text not null check (state in ('waiting_for_server', 'queued', 'sent', 'failed')),
  attempts int not null default 0,
  -- What the server said last, or why it could not be reached.
  answer text,
  created_by bigint,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (org_id, id)
);
call protect_rows('outbox');
create index outbox_by_state on outbox (org_id, state, id);
