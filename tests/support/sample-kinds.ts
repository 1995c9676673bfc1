/**
 * Kinds that no module has, for what the engine promises of any kind: firms with their members in the same row,
 * and deals that refer to both. Small, so that a test says in one line what it is about.
 */
import {
  type FieldDeclaration,
  type KindDeclaration,
  type Kinds,
  registerKinds,
} from '../../src/kinds/kinds.ts'

const section = { name: 'all', labels: { en: 'All', cs: 'Vše' } }

type Rest = Partial<Omit<FieldDeclaration, 'name' | 'labels' | 'section'>>

function field(name: string, en: string, cs: string, rest: Rest = {}): FieldDeclaration {
  return { name, type: 'text', labels: { en, cs }, section, maxLength: 1000, ...rest }
}

const firms: KindDeclaration = {
  name: 'firms',
  table: 'sample_firms',
  labels: { en: 'Firms', cs: 'Firmy' },
  one: { en: 'Firm', cs: 'Firma' },
  title: 'name',
  fields: [
    field('name', 'Name', 'Název', { required: true }),
    field('externalId', 'External id', 'Externí id', { unique: true }),
    field('regNumber', 'Registration number', 'IČ', { synonyms: ['IČO'] }),
    field('email', 'E-mail', 'E-mail', { type: 'email' }),
    field('isPerson', 'Is a person', 'Osoba', { type: 'boolean' }),
    field('lastName', 'Last name', 'Příjmení', { requiredIf: { field: 'isPerson', values: ['t'] } }),
    field('owner', 'Owner', 'Vlastník', { reference: { kind: 'people', by: ['email', 'name'] } }),
    field('mainDeal', 'Main deal', 'Hlavní obchod', { reference: { kind: 'deals', by: ['title'] } }),
  ],
  matchKeys: [['externalId'], ['regNumber'], ['name']],
  duplicateRules: [{ by: ['regNumber'] }, { by: ['name'] }],
  children: [
    {
      kind: 'members',
      into: 'firm',
      groups: 3,
      fields: ['firstName', 'lastName', 'email', 'externalId', 'position', 'born'],
      synonyms: ['contact', 'contact person', 'kontaktní osoba', 'Ansprechpartner'],
    },
  ],
}

const members: KindDeclaration = {
  name: 'members',
  table: 'sample_members',
  labels: { en: 'Members', cs: 'Členové' },
  one: { en: 'Member', cs: 'Člen' },
  title: 'lastName',
  fields: [
    field('lastName', 'Last name', 'Příjmení', { required: true, synonyms: ['surname', 'Nachname'] }),
    field('firstName', 'First name', 'Jméno', { synonyms: ['Vorname'] }),
    field('email', 'E-mail', 'E-mail', { type: 'email' }),
    field('externalId', 'External id', 'Externí id', { unique: true }),
    field('position', 'Position', 'Pozice'),
    field('born', 'Birthday', 'Datum narození', { type: 'date' }),
    field('firm', 'Firm', 'Firma', {
      reference: { kind: 'firms', by: ['externalId', 'regNumber', 'name', 'email'] },
    }),
  ],
  matchKeys: [['externalId'], ['email']],
  duplicateRules: [{ by: ['lastName', 'email'] }],
}

const deals: KindDeclaration = {
  name: 'deals',
  table: 'sample_deals',
  labels: { en: 'Deals', cs: 'Obchody' },
  one: { en: 'Deal', cs: 'Obchod' },
  title: 'title',
  fields: [
    field('title', 'Title', 'Předmět', { required: true }),
    field('firm', 'Firm', 'Firma', { reference: { kind: 'firms', by: ['name', 'externalId'] } }),
    field('member', 'Member', 'Člen', { reference: { kind: 'members', by: ['email', 'lastName'] } }),
  ],
  matchKeys: [['title']],
}

export function sampleKinds(): Kinds {
  return registerKinds(
    [firms, members, deals],
    [{ kind: 'people', table: 'people', attributes: { email: 'email', name: 'name' } }],
  )
}

function table(name: string, columns: string): string {
  return `
    create table carryover.${name} (org_id bigint not null, id bigint generated always as identity,
      version int not null default 1, ${columns}, custom jsonb, created_at timestamptz not null, created_by bigint,
      updated_at timestamptz not null, updated_by bigint, updated_import bigint, import_id bigint,
      import_source smallint, import_row bigint, primary key (org_id, id));
    call carryover.protect_rows('carryover.${name}');
    create index on carryover.${name} (org_id, import_id, import_source, import_row) where import_id is not null;`
}

/** Their tables, made by the superuser as a migration would. */
export const sampleSchema = `set role carryover_owner; set search_path = carryover;
  ${table(
    'sample_firms',
    `name text, external_id text, reg_number text, email text, is_person boolean, last_name text, owner_id bigint,
     main_deal_id bigint`,
  )}
  ${table(
    'sample_members',
    'last_name text, first_name text, email text, external_id text, position text, born date, firm_id bigint',
  )}
  ${table('sample_deals', 'title text, firm_id bigint, member_id bigint')}
  create unique index on carryover.sample_firms (org_id, external_id) where external_id is not null;
  create unique index on carryover.sample_members (org_id, external_id) where external_id is not null;`

/** Everything an import may change of them, as text. */
export const sampleDump = `
  select kind || ' ' || (record - 'version')::text as record from (
    select 'firms' as kind, to_jsonb(f) as record, f.id from carryover.sample_firms f
    union all select 'members', to_jsonb(m), m.id from carryover.sample_members m
    union all select 'deals', to_jsonb(d), d.id from carryover.sample_deals d) all_records
  order by kind, id`
