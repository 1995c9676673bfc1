-- Contact persons, leads, products and prices as kinds; people as a kind; what clients were still without; the
-- bin that deleted and merged records lie in; conversions of leads; erasures of persons.

alter table clients
  add column category text,
  add column contact_source text,
  add column economic_activity text,
  add column territory text,
  add column payment_term text,
  add column classification1 text,
  add column classification2 text,
  add column classification3 text,
  add column legal_form text;

create table contacts (
  org_id bigint not null,
  id bigint generated always as identity,
  version int not null default 1,
  name text,
  title_before text,
  first_name text,
  last_name text,
  title_after text,
  external_id text,
  salutation text,
  gender text,
  birthday date,
  language text,
  marital_status text,
  tags text[],
  note text,
  client_id bigint,
  position text,
  department text,
  is_key_person boolean,
  owner_id bigint,
  category text,
  contact_source text,
  classification1 text,
  classification2 text,
  classification3 text,
  email text,
  email2 text,
  phone text,
  phone_given text,
  phone2 text,
  phone2_given text,
  fax text,
  website text,
  other_contact text,
  no_mailing boolean,
  private_street text,
  private_city text,
  private_province text,
  private_postal_code text,
  private_country text,
  facebook text,
  twitter text,
  linkedin text,
  instagram text,
  youtube text,
  pinterest text,
  skype text,
  custom jsonb,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  updated_import bigint,
  import_id bigint,
  import_source smallint,
  import_row bigint,
  primary key (org_id, id)
);
call protect_rows('contacts');
create index contacts_by_import on contacts (org_id, import_id, import_source, import_row) where import_id is not null;
create unique index contacts_external_id on contacts (org_id, external_id) where external_id is not null;
create index contacts_by_client on contacts (org_id, client_id) where client_id is not null;
create index contacts_by_email on contacts (org_id, lower(email)) where email is not null;

create table contact_clients (
  org_id bigint not null,
  id bigint generated always as identity,
  version int not null default 1,
  contact_id bigint,
  client_id bigint,
  position text,
  is_key_person boolean,
  note text,
  external_id text,
  custom jsonb,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  updated_import bigint,
  import_id bigint,
  import_source smallint,
  import_row bigint,
  primary key (org_id, id)
);
call protect_rows('contact_clients');
create index contact_clients_by_import on contact_clients (org_id, import_id, import_source, import_row) where import_id is not null;
create unique index contact_clients_external_id on contact_clients (org_id, external_id) where external_id is not null;
create index contact_clients_by_contact on contact_clients (org_id, contact_id) where contact_id is not null;
create index contact_clients_by_client on contact_clients (org_id, client_id) where client_id is not null;

create table leads (
  org_id bigint not null,
  id bigint generated always as identity,
  version int not null default 1,
  topic text not null,
  external_id text,
  state text,
  priority text,
  phase text,
  owner_id bigint,
  contact_source text,
  category text,
  territory text,
  tags text[],
  note text,
  client_id bigint,
  contact_id bigint,
  company_name text,
  reg_number text,
  tax_number text,
  title_before text,
  first_name text,
  last_name text,
  title_after text,
  position text,
  email text,
  email2 text,
  phone text,
  phone_given text,
  phone2 text,
  phone2_given text,
  fax text,
  website text,
  other_contact text,
  no_mailing boolean,
  address_street text,
  address_city text,
  address_province text,
  address_postal_code text,
  address_country text,
  facebook text,
  twitter text,
  linkedin text,
  instagram text,
  youtube text,
  pinterest text,
  skype text,
  custom jsonb,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  updated_import bigint,
  import_id bigint,
  import_source smallint,
  import_row bigint,
  primary key (org_id, id)
);
call protect_rows('leads');
create index leads_by_import on leads (org_id, import_id, import_source, import_row) where import_id is not null;
create unique index leads_external_id on leads (org_id, external_id) where external_id is not null;
create index leads_by_client on leads (org_id, client_id) where client_id is not null;
create index leads_by_contact on leads (org_id, contact_id) where contact_id is not null;
create index leads_by_email on leads (org_id, lower(email)) where email is not null;

create table products (
  org_id bigint not null,
  id bigint generated always as identity,
  version int not null default 1,
  code text not null,
  name text not null,
  external_id text,
  unit text,
  category text,
  product_line text,
  tags text[],
  description text,
  price_minor bigint,
  price_currency text,
  cost_minor bigint,
  cost_currency text,
  tax_rate text,
  custom jsonb,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  updated_import bigint,
  import_id bigint,
  import_source smallint,
  import_row bigint,
  primary key (org_id, id)
);
call protect_rows('products');
create index products_by_import on products (org_id, import_id, import_source, import_row) where import_id is not null;
create unique index products_code on products (org_id, code) where code is not null;
create unique index products_external_id on products (org_id, external_id) where external_id is not null;

create table price_list_items (
  org_id bigint not null,
  id bigint generated always as identity,
  version int not null default 1,
  product_id bigint,
  price_list text not null,
  price_minor bigint not null,
  price_currency text not null,
  custom jsonb,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  updated_import bigint,
  import_id bigint,
  import_source smallint,
  import_row bigint,
  primary key (org_id, id)
);
call protect_rows('price_list_items');
create index price_list_items_by_import on price_list_items (org_id, import_id, import_source, import_row) where import_id is not null;
create index price_list_items_by_product on price_list_items (org_id, product_id) where product_id is not null;

-- A contact person always has a name by which people know the record: the one given, else its parts, else what
-- there is. One that was made from its parts follows them.
alter table contacts alter column name set not null;
create function name_contact() returns trigger language plpgsql as $$
declare
  made text := nullif(concat_ws(' ', new.first_name, new.last_name), '');
begin
  if new.name is null
     or (tg_op = 'UPDATE' and made is not null and new.name = old.name
         and old.name = concat_ws(' ', old.first_name, old.last_name)) then
    new.name := coalesce(made, new.name, new.email, new.email2, new.phone_given, new.external_id, '?');
  end if;
  return new;
end $$;
create trigger name_contact_on_insert before insert on contacts
  for each row when (new.name is null) execute function name_contact();
create trigger name_contact_on_update before update of name, first_name, last_name on contacts
  for each row execute function name_contact();

-- People become a kind: the columns that the import writes, and somebody who is known but has not been invited.
alter table people
  add column version int not null default 1,
  add column updated_at timestamptz not null default now(),
  add column created_by bigint,
  add column updated_by bigint,
  add column updated_import bigint,
  add column import_id bigint,
  add column import_source smallint,
  add column import_row bigint,
  add column custom jsonb,
  alter column status set default 'uninvited',
  drop constraint people_status_check,
  add constraint people_status_check check (status in ('uninvited', 'invited', 'active', 'deactivated'));
alter table people alter column updated_at drop default;
create index people_by_import on people (org_id, import_id, import_source, import_row) where import_id is not null;

-- What an import does not say of a person: the least role, and the language of the organisation.
create function complete_person() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    new.role := coalesce(new.role, old.role);
    new.language := coalesce(new.language, old.language);
    return new;
  end if;
  new.role := coalesce(new.role, 'member');
  new.language := coalesce(new.language, (select o.language from carryover.organisations o where o.org_id = new.org_id));
  new.updated_at := coalesce(new.updated_at, new.created_at);
  return new;
end $$;
create trigger complete_person before insert or update on people
  for each row execute function complete_person();

-- Records that were deleted or merged into another, whole, so that they can come back under their own id.
create table record_bin (
  org_id bigint not null,
  id bigint generated always as identity,
  kind text not null,
  record_id bigint not null,
  title text not null,
  reason text not null check (reason in ('deleted', 'merged')),
  record jsonb not null,
  -- [{kind, field, id}]: what referred to it and was detached, or now refers to the record it was merged into.
  moved jsonb not null,
  -- The record it was merged into, and what that changed there: {field: {before, after}}.
  kept_id bigint,
  changes jsonb,
  -- The entry of the record with which it was deleted.
  with_id bigint,
  removed_at timestamptz not null,
  removed_by bigint,
  by_name text not null,
  primary key (org_id, id),
  unique (org_id, kind, record_id)
);
call protect_rows('record_bin');
create index record_bin_by_time on record_bin (org_id, removed_at);
create index record_bin_with on record_bin (org_id, with_id) where with_id is not null;

create table lead_conversions (
  org_id bigint not null,
  id bigint generated always as identity,
  lead_id bigint not null,
  client_id bigint not null,
  contact_id bigint,
  -- Whether the conversion made them, or took ones that were there.
  made_client boolean not null,
  made_contact boolean not null,
  -- Fields of the lead as they were, as canonical text.
  before jsonb not null,
  converted_at timestamptz not null,
  converted_by bigint,
  undone_at timestamptz,
  primary key (org_id, id)
);
call protect_rows('lead_conversions');
create index lead_conversions_of_lead on lead_conversions (org_id, lead_id);

-- That a person was erased, by whom, and how much of what; nothing about the person.
create table erasures (
  org_id bigint not null,
  id bigint generated always as identity,
  counts jsonb not null,
  erased_at timestamptz not null,
  erased_by bigint,
  by_name text not null,
  primary key (org_id, id)
);
call protect_rows('erasures');

-- History is only ever added to, except where a person's data must go: who did what and when stays, values go.
-- It runs as the owner, for whom row security holds as for everybody.
create function redact_history(wanted_kind text, wanted_ids bigint[]) returns bigint
  language sql security definer set search_path = carryover, pg_temp as $$
    with redacted as (
      update history set params = '{"erased": 1}', changes = (
        select coalesce(jsonb_agg(jsonb_build_object('field', c ->> 'field', 'before', null, 'after', null)), '[]')
        from jsonb_array_elements(changes) c)
      where org_id = current_org() and kind = wanted_kind and record_id = any(wanted_ids)
        and params <> '{"erased": 1}'
      returning 1)
    select count(*) from redacted
  $$;

-- The same where events of other records name the person: by title, address or telephone, word for word.
create function redact_mentions(words text[]) returns bigint
  language sql security definer set search_path = carryover, pg_temp as $$
    with redacted as (
      update history h set
        params = (select coalesce(jsonb_object_agg(p.key, case when lower(p.value #>> '{}') = any(words) then '"…"' else p.value end), '{}')
          from jsonb_each(h.params) p),
        changes = (select coalesce(jsonb_agg(jsonb_build_object('field', c ->> 'field',
            'before', case when lower(c ->> 'before') = any(words) then null else c -> 'before' end,
            'after', case when lower(c ->> 'after') = any(words) then null else c -> 'after' end)), '[]')
          from jsonb_array_elements(h.changes) c)
      where org_id = current_org() and (
        exists (select 1 from jsonb_each_text(h.params) p where lower(p.value) = any(words))
        or exists (select 1 from jsonb_array_elements(h.changes) c
          where lower(c ->> 'before') = any(words) or lower(c ->> 'after') = any(words)))
      returning 1)
    select count(*) from redacted
  $$;

-- Somebody who used the program: what they did stays, their name goes.
create function redact_actor(wanted_person bigint, name_instead text) returns bigint
  language sql security definer set search_path = carryover, pg_temp as $$
    with redacted as (
      update history set by_name = name_instead
      where org_id = current_org() and person_id = wanted_person and by_name <> name_instead returning 1)
    select count(*) from redacted
  $$;
revoke execute on function redact_history, redact_mentions, redact_actor from public;
grant execute on function redact_history, redact_mentions, redact_actor to carryover_app, carryover_loader;
