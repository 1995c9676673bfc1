/** What the rows of a table look like: the kind that most of its columns are known to, by name or by values. */
import type { KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import type { Reading } from '../../tabular/tabular.ts'
import { suggestFor } from '../map/suggest.ts'

/** Of all columns, so many must be known; a table of something else has a name and an e-mail, too. */
const leastKnown = 1 / 3
/** How much a kind counts whose name the sheet or file bears. */
const namedAlike = 1.4
/** How much a kind counts of which a required field is missing. */
const lacksRequired = 0.7

/** Null where nothing fits. `name` is that of the sheet or file. */
export function suggestKind(kinds: Kinds, reading: Reading, name: string): string | null {
  const facts = reading.columns.map((header, at) => ({
    header,
    samples: [...new Set(reading.sample.map(({ cells }) => cells[at] ?? ''))].filter((cell) => cell !== ''),
    filled: reading.sample.length,
    rows: reading.sample.length,
  }))
  let best: string | null = null
  let most = facts.length * leastKnown
  for (const kind of kinds.all) {
    const known = suggestFor(kinds, kind, facts).filter(({ field }) => field !== null)
    const fields = new Set(known.map(({ field }) => field))
    const isWhole = kind.fields.every(({ name: field, required }) => !required || fields.has(field))
    const sum = known.reduce((all, { confidence }) => all + confidence, 0)
    const weight = (isNamed(kind, name) ? namedAlike : 1) * (isWhole ? 1 : lacksRequired)
    if (sum * weight > most) [best, most] = [kind.name, sum * weight]
  }
  return best
}

/** "Kontakty 2025.xlsx" bears the name of contact persons. */
function isNamed(kind: KindDeclaration, name: string): boolean {
  const folded = fold(name)
  return [kind.name, kind.labels.en, kind.labels.cs].some((label) => folded.includes(fold(label).slice(0, 6)))
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
