/**
 * Suggests the field of each column, with how sure it is and why. Never confidently wrong: what is below the
 * threshold, contradicted by its values or equally good for two fields stays unassigned, with alternatives to pick.
 * Each field is given once, to the column that fits it best.
 */
import type { EnumOption, ValueTypeName } from '../values/value.ts'
import type { NamedField, NameMatch } from './name-match.ts'
import { BRACKETS, compileNameMatch, readHeader } from './name-match.ts'
import { weighValues } from './value-evidence.ts'

export type HeaderSample = { readonly name: string; readonly samples: readonly string[] }
export type SuggestibleField = NamedField & {
  readonly type: ValueTypeName
  readonly required?: boolean
  /** Of an enum: its values confirm or contradict by them. */
  readonly options?: readonly EnumOption[]
}

export type SuggestionReason = {
  /**
   * `same_name`, `synonym`, `similar` {name}: by its header, also {share} per cent when values confirm it;
   * `values` {type, share}: by its values alone; `contradicted` {name, type, share}: named so, but the values are not;
   * `taken` {name, field}: another column fits the field better; `ambiguous` {name, other}: fits two fields alike;
   * `none`: nothing known fits.
   */
  readonly code:
    | 'same_name'
    | 'synonym'
    | 'similar'
    | 'values'
    | 'contradicted'
    | 'taken'
    | 'ambiguous'
    | 'none'
  readonly params: Readonly<Record<string, string | number>>
}

export type Alternative = { readonly field: string; readonly confidence: number }
export type Suggestion = {
  readonly field: string | null
  /** 0 to 1; of an unassigned column, of its best alternative. */
  readonly confidence: number
  readonly reason: SuggestionReason
  /** The next best fields, best first. */
  readonly alternatives: readonly Alternative[]
}

/** From here on a field is given without being asked. */
export const ASSIGNED_FROM = 0.7

const SHOWN_FROM = 0.3
const MOST_ALTERNATIVES = 3
/** Two fields closer than this cannot be told apart by the header. */
const ALIKE = 0.02

/** How much less sure a column's second choice may be than its first. */
const FALL = 0.05

type Candidate = {
  readonly field: SuggestibleField
  readonly score: number
  readonly reason: SuggestionReason
}

export function suggestColumns(
  headers: readonly HeaderSample[],
  fields: readonly SuggestibleField[],
): Suggestion[] {
  const matchers = fields.map((field) => {
    const base = baseOf(field.name)
    const first = base === field.name ? undefined : fields.find(({ name }) => name === base)
    return { field, match: compileNameMatch(field, first) }
  })
  const columns = headers.map((header) => {
    const weigh = weighValues(header.samples)
    const reading = readHeader(header.name)
    const bracketed = fieldsInBrackets(header.name, matchers)
    const candidates = matchers.map(({ field, match }) => {
      const mayDropBrackets = bracketed.size === 0 || bracketed.has(field.name)
      return judge(field, match(reading, mayDropBrackets), weigh)
    })
    const byName = candidates.filter((candidate) => candidate !== null)
    return (isMeaningless(header.name) ? judgeByValues(fields, weigh) : byName).toSorted(
      (a, b) => b.score - a.score,
    )
  })
  const owners = assign(columns)
  return columns.map((candidates, column) => describe(candidates, column, owners))
}

/** The fields that the text in brackets names by itself. */
function fieldsInBrackets(
  header: string,
  matchers: readonly { field: SuggestibleField; match: ReturnType<typeof compileNameMatch> }[],
): ReadonlySet<string> {
  const inside = [...header.matchAll(BRACKETS)].map(([whole]) => readHeader(whole.slice(1, -1)))
  const named = matchers.filter(({ match }) =>
    inside.some((reading) => (match(reading, false)?.score ?? 0) >= ASSIGNED_FROM),
  )
  return new Set(named.map(({ field }) => field.name))
}

function judge(
  field: SuggestibleField,
  match: NameMatch | null,
  weigh: ReturnType<typeof weighValues>,
): Candidate | null {
  if (match === null || match.score < SHOWN_FROM / 2) return null
  const { verdict, share } = weigh(field)
  const percent = Math.round(share * 100)
  const { name, code, score } = match
  if (verdict === 'contradicted') {
    // Text can be anything: a name that fits exactly still stands against values that are strange for it.
    const isText = field.type === 'text' || field.type === 'multiline'
    const kept = isText ? 0.75 : 0.5
    const reason = { code: 'contradicted' as const, params: { name, type: field.type, share: percent } }
    const weakened = score * kept
    return { field, score: weakened, reason: weakened >= ASSIGNED_FROM ? { code, params: { name } } : reason }
  }
  if (verdict === 'confirmed' && score >= 0.65) {
    return { field, score: score + (1 - score) * 0.3, reason: { code, params: { name, share: percent } } }
  }
  return { field, score, reason: { code, params: { name } } }
}

/** "Column 7", "Sloupec D", "Unnamed", "F3" or nothing at all: only the values can speak. */
function isMeaningless(header: string): boolean {
  return /^\s*(?:(?:column|col|sloupec|spalte|field|pole|feld|unnamed|untitled|bez názvu)[\s:_]*[a-z]{0,2}\d*|[a-z]?\d*)\s*$/i.test(
    header,
  )
}

/** E-mail addresses are the only values that say by themselves what they are; and only the first field of its type. */
function judgeByValues(
  fields: readonly SuggestibleField[],
  weigh: ReturnType<typeof weighValues>,
): Candidate[] {
  const seen = new Set<ValueTypeName>()
  const candidates: Candidate[] = []
  for (const field of fields) {
    if (seen.has(field.type) || !['email', 'phone', 'url', 'date', 'country'].includes(field.type)) continue
    seen.add(field.type)
    const { verdict, share } = weigh(field)
    if (verdict !== 'confirmed') continue
    const score = field.type === 'email' ? 0.72 : 0.5
    candidates.push({
      field,
      score: score * share,
      reason: { code: 'values', params: { type: field.type, share: Math.round(share * 100) } },
    })
  }
  return candidates
}

/** Gives fields to columns, the surest pair first; the earlier column and field when they are as sure. */
function assign(columns: readonly (readonly Candidate[])[]): ReadonlyMap<string, number> {
  const pairs = columns
    .flatMap((candidates, column) => candidates.map((candidate) => ({ column, candidate })))
    .filter(
      ({ column, candidate }) =>
        candidate.score >= ASSIGNED_FROM && !isAmbiguous(columns[column]!, candidate),
    )
    .toSorted((a, b) => b.candidate.score - a.candidate.score)
  const owners = new Map<string, number>()
  const settled = new Set<number>()
  for (const { column, candidate } of pairs) {
    const { name } = candidate.field
    if (settled.has(column) || owners.has(name)) continue
    // A column whose field is taken does not fall to one that it names less well.
    if (candidate.score < columns[column]![0]!.score - FALL) continue
    if (hasEqualRival(pairs, column, candidate)) continue
    owners.set(name, column)
    settled.add(column)
  }
  return owners
}

/** Another field fits this column as well, and it is not merely the second of the same sort (phone, phone2). */
function isAmbiguous(candidates: readonly Candidate[], candidate: Candidate): boolean {
  return rivalOf(candidates, candidate) !== undefined
}

function rivalOf(candidates: readonly Candidate[], candidate: Candidate): Candidate | undefined {
  return candidates.find(
    (other) =>
      other !== candidate &&
      Math.abs(other.score - candidate.score) < ALIKE &&
      baseOf(other.field.name) !== baseOf(candidate.field.name),
  )
}

function baseOf(name: string): string {
  return name.replace(/\d+$/, '')
}

/** Two columns that fit one field only roughly, and alike, are for a person to tell apart. */
function hasEqualRival(
  pairs: readonly { column: number; candidate: Candidate }[],
  column: number,
  { field, score }: Candidate,
): boolean {
  if (score >= 0.9) return false
  return pairs.some(
    (other) =>
      other.column !== column &&
      other.candidate.field.name === field.name &&
      Math.abs(other.candidate.score - score) < ALIKE,
  )
}

function describe(
  candidates: readonly Candidate[],
  column: number,
  owners: ReadonlyMap<string, number>,
): Suggestion {
  const chosen = candidates.find(({ field }) => owners.get(field.name) === column)
  const alternatives = candidates
    .filter((candidate) => candidate !== chosen && candidate.score >= SHOWN_FROM)
    .slice(0, MOST_ALTERNATIVES)
    .map(({ field, score }) => ({ field: field.name, confidence: rounded(score) }))
  if (chosen !== undefined) {
    return {
      field: chosen.field.name,
      confidence: rounded(chosen.score),
      reason: chosen.reason,
      alternatives,
    }
  }
  const best = candidates[0]
  if (best === undefined || best.score < SHOWN_FROM) {
    const reason = best?.reason.code === 'contradicted' ? best.reason : { code: 'none' as const, params: {} }
    return { field: null, confidence: 0, reason, alternatives }
  }
  return {
    field: null,
    confidence: rounded(best.score),
    reason: whyUnassigned(candidates, best, owners),
    alternatives,
  }
}

function whyUnassigned(
  candidates: readonly Candidate[],
  best: Candidate,
  owners: ReadonlyMap<string, number>,
): SuggestionReason {
  if (best.score < ASSIGNED_FROM) return best.reason
  const name = best.reason.params['name'] ?? ''
  const rival = rivalOf(candidates, best)
  if (rival !== undefined) return { code: 'ambiguous', params: { name, other: rival.field.name } }
  if (owners.has(best.field.name)) return { code: 'taken', params: { name, field: best.field.name } }
  return { code: 'ambiguous', params: { name, other: best.field.name } }
}

function rounded(score: number): number {
  return Math.round(score * 100) / 100
}
