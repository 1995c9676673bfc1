/**
 * What a kind is: data. A kind declares its table, fields, match keys and relations; the import writes its
 * check, load and undo SQL from that. Where declaring is not enough, `prepare` and `afterLoad` are called.
 * A new kind is one folder and no change in `imports/`.
 */
import type { Permission } from '../accounts/permissions.ts'
import type { Work } from '../platform/work.ts'
import type { ValueTypeName } from './values/value.ts'

export type Labels = { readonly en: string; readonly cs: string; readonly de?: string }

export type Option = {
  readonly value: string
  readonly labels: Labels
  readonly synonyms?: readonly string[]
  /** No longer offered; records that hold it keep it, and files that name it are understood. */
  readonly isArchived?: boolean
}

export type Section = { readonly name: string; readonly labels: Labels }

export type FieldDeclaration = {
  /** camelCase, as in the API and in mappings. */
  readonly name: string
  readonly type: ValueTypeName
  readonly labels: Labels
  readonly section: Section
  /** Other names that columns of old systems give it; compared without case and diacritics. */
  readonly synonyms?: readonly string[]
  /** A record cannot exist without it. */
  readonly required?: boolean
  /** Required when another field has one of these values. */
  readonly requiredIf?: { readonly field: string; readonly values: readonly string[] }
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly options?: readonly Option[]
  /**
   * Name of a list that the organisation maintains: `options`, or those that the list comes with, are where it
   * starts. For `enum` and `choices`.
   */
  readonly codeList?: string
  /** ISO 4217: the one currency of a money field. */
  readonly currency?: string
  /** Key in the table's `custom jsonb`, where the value stands as canonical text: the organisation defined it. */
  readonly custom?: string
  /** What a person who fills it in should know, in the organisation's own words. */
  readonly hint?: string
  /** Where a field of the organisation shows up; all of them where nothing is said. */
  readonly shownIn?: { readonly list: boolean; readonly filter: boolean; readonly export: boolean }
  /** At most one record of an organisation may have the value; the table has a unique index on it. */
  readonly unique?: boolean
  /** The value names a record of another kind, found by one of these attributes; the first is the default. */
  readonly reference?: { readonly kind: string; readonly by: readonly string[] }
}

/** Rows with equal values here are one record; the other listed fields must agree between them. */
export type GroupDeclaration = { readonly by: readonly string[]; readonly agreeing: readonly string[] }

/** Found, or created, in another kind from fields of the same row. */
export type ParentDeclaration = {
  readonly kind: string
  /** Field of the parent → field of this kind that carries it. */
  readonly fields: Readonly<Record<string, string>>
  readonly by: readonly string[]
  readonly create: boolean
  /** Field of this kind that receives the parent's id. */
  readonly into: string
}

/** Records of another kind in numbered column groups of the same row ("Contact 1 name", "Contact 2 name"). */
export type ChildDeclaration = {
  readonly kind: string
  /** What headers call one of them, beside the labels of its kind: "contact", "Ansprechpartner". */
  readonly synonyms?: readonly string[]
  readonly fields: readonly string[]
  /** How many groups a template offers; a file may have more. */
  readonly groups: number
  /** Field of the child that receives this record's id. */
  readonly into: string
}

/**
 * Fields by which two records are one and the same. Rules are tried in order: the first whose fields are all
 * filled speaks for a record. `when` narrows a rule to records with one of these values ('' is a blank).
 */
export type DuplicateRule = {
  readonly by: readonly string[]
  readonly when?: { readonly field: string; readonly values: readonly string[] }
}

/** One source of an import as `prepare` and `afterLoad` see it. */
export type LoadScope = { readonly importId: string; readonly source: number; readonly label: string }

/** What a person must be allowed to see its records, to change them and to take them out in a file. */
export type KindAccess = {
  readonly read: Permission
  readonly write: Permission
  readonly export: Permission
}

export type KindDeclaration = {
  readonly name: string
  readonly table: string
  readonly labels: Labels
  /** One of them, for sentences. */
  readonly one: Labels
  readonly fields: readonly FieldDeclaration[]
  /** Fields that the organisation archived or deleted: nothing fills or shows them, history and undo still know them. */
  readonly retired?: readonly FieldDeclaration[]
  /** The field that names a record for a person. */
  readonly title: string
  /** Combinations of fields by which an existing record can be recognised, best first. */
  readonly matchKeys: readonly (readonly string[])[]
  readonly duplicateRules?: readonly DuplicateRule[]
  readonly group?: GroupDeclaration
  readonly parents?: readonly ParentDeclaration[]
  readonly children?: readonly ChildDeclaration[]
  readonly limits?: { readonly rows?: number }
  /** Fields without whose record one of these means nothing (a price without its product): it is deleted with it. */
  readonly partOf?: readonly string[]
  /** A record whose column holds anything else has become more than an import made it: no undo and no deletion takes it. */
  readonly staysUnless?: {
    readonly column: string
    readonly value: string
    /** Code of the reason. */
    readonly because: string
  }
  /** Not given: as for clients. */
  readonly access?: KindAccess
  /** After approval and before the transaction: results are staged, nothing is written to the store. */
  readonly prepare?: (work: Work, scope: LoadScope) => Promise<void>
  /** Inside the loading transaction, set-based. */
  readonly afterLoad?: (work: Work, scope: LoadScope) => Promise<void>
  /** Inside the transaction that undoes or deletes records of it; what it refuses is taken back whole. */
  readonly afterUndo?: (work: Work) => Promise<void>
}

/** A list that an organisation maintains, as it has it. */
export type CodeList = {
  readonly name: string
  readonly labels: Labels
  readonly options: readonly Option[]
}

/** What can be referred to: a kind, or records of a lower module such as people. */
export type ReferenceTarget = {
  readonly kind: string
  readonly table: string
  /** Attribute → column, compared without case. */
  readonly attributes: Readonly<Record<string, string>>
}

/** The kinds of an installation, as it declares them or as one organisation has them. */
export type Kinds = {
  readonly all: readonly KindDeclaration[]
  /** Refuses `kind.unknown`. */
  readonly get: (name: string) => KindDeclaration
  readonly target: (kind: string) => ReferenceTarget
  /** Every field, of any kind, that refers to the given kind. */
  readonly referrers: (
    kind: string,
  ) => readonly { readonly kind: KindDeclaration; readonly field: FieldDeclaration }[]
  /** The lists that fields take their options from, by name. */
  readonly lists: ReadonlyMap<string, CodeList>
  /** Another one whenever the organisation's fields or options change; null where it has changed nothing. */
  readonly revision: string | null
  /**
   * The kinds as the organisation of this work has them: custom fields (`custom.<key>`) at the end of the fields,
   * options of lists filled in. One small query; the rest is remembered by revision.
   */
  readonly of: (work: Work) => Promise<Kinds>
}
