/** Roles and permissions in words, for the interface and for mail. Imported by the browser. */
import type { Sentence } from '../platform/refusal.ts'
import { type Permission, permissions, permissionsOf, type Role, roles } from './permissions.ts'

export const roleLabels: Readonly<Record<Role, Sentence>> = {
  administrator: { en: 'Administrator', cs: 'Správce' },
  manager: { en: 'Manager', cs: 'Manažer' },
  operator: { en: 'Operator', cs: 'Operátor' },
  support: { en: 'Support agent', cs: 'Pracovník podpory' },
  migration: { en: 'Migration specialist', cs: 'Specialista migrace' },
  member: { en: 'Member', cs: 'Člen' },
}

const roleDescriptions: Readonly<Record<Role, Sentence>> = {
  administrator: {
    en: 'Everything, people, keys and settings included.',
    cs: 'Vše včetně uživatelů, klíčů a nastavení.',
  },
  manager: {
    en: 'Imports data, approves and undoes imports, works with all records.',
    cs: 'Importuje data, schvaluje a vrací importy, pracuje se všemi záznamy.',
  },
  operator: {
    en: 'Works with records every day; sees imports but does not load any.',
    cs: 'Denně pracuje se záznamy; importy vidí, ale nenahrává je.',
  },
  support: {
    en: 'Looks things up for customers and helps them; changes no records.',
    cs: 'Vyhledává údaje pro zákazníky a pomáhá jim; záznamy nemění.',
  },
  migration: {
    en: 'Moves data in: imports, approval, undo and export.',
    cs: 'Převádí data: importy, schvalování, vracení a export.',
  },
  member: { en: 'Sees what is their own.', cs: 'Vidí jen to, co je jeho vlastní.' },
}

const permissionLabels: Readonly<Record<Permission, Sentence>> = {
  'imports.read': { en: 'See imports', cs: 'Prohlížet importy' },
  'imports.create': { en: 'Prepare imports', cs: 'Připravovat importy' },
  'imports.approve': { en: 'Approve imports', cs: 'Schvalovat importy' },
  'imports.undo': { en: 'Undo imports', cs: 'Vracet importy' },
  'clients.read': { en: 'See clients and contact persons', cs: 'Prohlížet klienty a kontaktní osoby' },
  'clients.write': {
    en: 'Add and change clients and contact persons',
    cs: 'Přidávat a měnit klienty a kontaktní osoby',
  },
  'clients.export': { en: 'Export clients and contact persons', cs: 'Exportovat klienty a kontaktní osoby' },
  'leads.read': { en: 'See leads', cs: 'Prohlížet leady' },
  'leads.write': { en: 'Add, change and convert leads', cs: 'Přidávat, měnit a převádět leady' },
  'leads.export': { en: 'Export leads', cs: 'Exportovat leady' },
  'products.read': { en: 'See products', cs: 'Prohlížet produkty' },
  'products.write': { en: 'Add and change products', cs: 'Přidávat a měnit produkty' },
  'products.export': { en: 'Export products', cs: 'Exportovat produkty' },
  'persons.erase': {
    en: 'Take out and erase everything about a person',
    cs: 'Vydat a vymazat vše o určité osobě',
  },
  'history.read': { en: 'See the history', cs: 'Prohlížet historii' },
  'people.read': { en: 'See people', cs: 'Prohlížet uživatele' },
  'people.manage': { en: 'Invite and manage people', cs: 'Zvát a spravovat uživatele' },
  'api-keys.manage': { en: 'Manage API keys', cs: 'Spravovat klíče API' },
  'mail.manage': { en: 'Manage mail and its outbox', cs: 'Spravovat poštu a odeslané zprávy' },
  'fields.manage': { en: 'Manage fields and code lists', cs: 'Spravovat pole a číselníky' },
  'organisation.read': { en: 'See the organisation', cs: 'Prohlížet organizaci' },
  'organisation.manage': { en: 'Change the organisation', cs: 'Měnit organizaci' },
}

/** The whole table, as the interface shows it. */
export function describeRoles() {
  const names = Object.keys(permissions) as Permission[]
  return {
    roles: roles.map((name) => ({
      name,
      labels: roleLabels[name],
      description: roleDescriptions[name],
      permissions: [...permissionsOf(name)],
    })),
    permissions: names.map((name) => ({
      name,
      labels: permissionLabels[name],
      roles: [...permissions[name]] as Role[],
    })),
  }
}
