/** What every operation on records of a kind begins with: the work, the kind as this organisation has it, the right to it. */
import { requirePermission } from '../../accounts/accounts.ts'
import type { Work } from '../../platform/work.ts'
import type { FieldDeclaration, KindAccess, KindDeclaration, Kinds } from '../kind.ts'
import { columnsOf } from '../storage.ts'

export type RecordScope = { readonly work: Work; readonly kinds: Kinds; readonly kind: KindDeclaration }

const accessOfClients: KindAccess = { read: 'clients.read', write: 'clients.write', export: 'clients.export' }

export function accessOf(kind: KindDeclaration): KindAccess {
  return kind.access ?? accessOfClients
}

/** Refuses what the actor may not; `kinds` may be those of the installation. */
export async function openRecords(
  work: Work,
  kinds: Kinds,
  name: string,
  need: keyof KindAccess,
): Promise<RecordScope> {
  const own = await kinds.of(work)
  const kind = own.get(name)
  requirePermission(work, accessOf(kind)[need])
  return { work, kinds: own, kind }
}

function titleField(kind: KindDeclaration): FieldDeclaration {
  return kind.fields.find((field) => field.name === kind.title)!
}

/** Column of the table that names a record for a person. */
export function titleColumn(kind: KindDeclaration): string {
  return columnsOf(titleField(kind))[0]!.name
}

/** For sentences of refusals, which are told in both languages. */
export function kindWords(kind: KindDeclaration): { readonly kindEn: string; readonly kindCs: string } {
  return { kindEn: kind.one.en, kindCs: kind.one.cs }
}
