-- Imports of several sources, of children in numbered columns, and the rules of an organisation for importing.

-- A record that is one of several in its row: the field says which, the row is that of the file.
alter table import_findings add column part smallint not null default 0;

-- Deletes only what the import created, of these kinds; null while nothing of that sort was asked for.
alter table imports add column deletion jsonb;

-- Who may import, how much at once, and what becomes of an import whose file changes. Absent: the defaults.
create table import_policies (
  org_id bigint not null primary key,
  profile text not null check (profile in ('standard', 'raynet', 'own')),
  -- Roles that may import, of those that the permissions give it to.
  roles text[] not null,
  -- {kind: {records, textLength}}; `*` for kinds that are not named.
  limits jsonb not null,
  changed_file text not null check (changed_file in ('stays', 'new_import')),
  updated_at timestamptz not null,
  updated_by bigint
);
call protect_rows('import_policies');
