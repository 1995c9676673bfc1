/**
 * What the example rows show: two plausible records for any kind. By the name of a field where it has one
 * that people share, otherwise by its type; blank where an invented value would only mislead. Pure.
 */
import type { FieldDeclaration, KindDeclaration } from '../../kinds/kinds.ts'
import { offeredOptions } from '../../kinds/templates/template-plan.ts'
import type { Language } from '../../platform/refusal.ts'

type Pair = readonly [first: string, second: string]
type Example = Readonly<Record<Language, Pair>>

const both = (first: string, second: string): Example => ({ en: [first, second], cs: [first, second] })
const inEach = (en: Pair, cs: Pair): Example => ({ en, cs })

/** Compared with the end of the field's name: `billingCity` is a city. */
const byName: readonly (readonly [RegExp, Example])[] = [
  [/^externalId$/, both('A-0001', 'A-0002')],
  [/^isPerson$/, both('f', 't')],
  [/^titleBefore$/, inEach(['', 'Dr'], ['', 'Ing.'])],
  [/^titleAfter$/, both('', '')],
  [/^firstName$/, inEach(['Mary', 'John'], ['Marie', 'Jan'])],
  [/^lastName$/, inEach(['Whitfield', 'Porter'], ['Dvořáková', 'Novák'])],
  [/^salutation$/, inEach(['Ms Whitfield', 'Mr Porter'], ['paní Dvořáková', 'pane Nováku'])],
  [/^regNumber$/, both('01234567', '')],
  [/^taxNumber$/, inEach(['GB123456789', ''], ['CZ01234567', ''])],
  [/^bankAccount$/, inEach(['GB29 NWBK 6016 1331 9268 19', ''], ['19-2000145399/0800', ''])],
  [
    /^(companyName|company)$/,
    inEach(['Whitfield Bakery Ltd', 'Porter Trading'], ['Pekařství Dvořák, s.r.o.', 'Novák obchod']),
  ],
  [
    /^(topic|subject)$/,
    inEach(['New shop equipment', 'Website redesign'], ['Vybavení nové prodejny', 'Nový web']),
  ],
  [/^(code|sku)$/, both('P-001', 'P-002')],
  [/street$/i, inEach(['12 Mill Lane', '3 Station Road'], ['Mlýnská 12', 'Nádražní 3'])],
  [/city$/i, inEach(['York', 'Leeds'], ['Brno', 'Olomouc'])],
  [/(postalCode|zip)$/i, inEach(['YO1 7HH', 'LS1 4DY'], ['602 00', '779 00'])],
  [/country$/i, inEach(['United Kingdom', 'United Kingdom'], ['Česko', 'Česko'])],
  [/^position$/, inEach(['Sales manager', 'Owner'], ['Obchodní ředitelka', 'Majitel'])],
  [
    /^(tel|phone|mobile)$/i,
    inEach(['+44 20 7946 0018', '+44 20 7946 0134'], ['+420 601 123 456', '+420 602 123 456']),
  ],
  [/^email$/i, inEach(['mary@example.com', 'john@example.com'], ['marie@example.com', 'jan@example.com'])],
  [/^(website|www|web)$/i, both('https://www.example.com', '')],
  [/^tags$/, inEach(['trade fair, bakery', ''], ['veletrh, pekárna', ''])],
  [/^(note|notice)$/, inEach(['Prefers to be called in the morning.', ''], ['Volat raději dopoledne.', ''])],
  [/^birthday$/, both('', '1985-04-12')],
  [/^employees/, both('24', '')],
  [/^turnover$/, both('1250000', '')],
  [/^price$/i, both('149.50', '90')],
  [/^cost$/i, both('95', '60')],
  [/^taxRate$/, both('', '')],
]

/** Names of records whose kind has no better ones. */
const titles: Readonly<Record<string, Example>> = {
  clients: inEach(['Whitfield Bakery Ltd', 'John Porter'], ['Pekařství Dvořák, s.r.o.', 'Jan Novák']),
  products: inEach(['Bread tin, 1 kg', 'Proofing basket'], ['Forma na chléb, 1 kg', 'Ošatka na kynutí']),
  contacts: inEach(['Mary Whitfield', 'John Porter'], ['Marie Dvořáková', 'Jan Novák']),
  people: inEach(['Mary Whitfield', 'John Porter'], ['Marie Dvořáková', 'Jan Novák']),
}

/** Options that go with the names. */
const preferred: Readonly<Record<string, Pair>> = { gender: ['female', 'male'] }

/** What a company, which is the first example where both can be, does not have. */
const personal: ReadonlySet<string> = new Set([
  'titleBefore',
  'firstName',
  'lastName',
  'titleAfter',
  'salutation',
])

/** A value in its neutral form (dates `YYYY-MM-DD`, yes `t`, options by label), or '' for a blank. */
export function exampleOf(
  kind: Pick<KindDeclaration, 'name' | 'title' | 'fields'>,
  field: FieldDeclaration,
  row: 0 | 1,
  language: Language,
): string {
  if (row === 0 && personal.has(field.name) && kind.fields.some(({ name }) => name === 'isPerson')) return ''
  const isTitle = field.name === kind.title
  const known = isTitle && titles[kind.name] ? titles[kind.name] : nameExample(field.name)
  if (known && !field.reference && fits(field)) return known[language][row]
  if (field.reference || field.custom !== undefined) return ''
  if (isTitle || field.required) return typeExample(field, row, language)
  const options = field.type === 'enum' ? offeredOptions(field) : []
  const fitting = options.find(({ value }) => value === preferred[field.name]?.[row])
  return (fitting ?? options[Math.min(row, options.length - 1)])?.labels[language] ?? ''
}

function nameExample(name: string): Example | undefined {
  return byName.find(([pattern]) => pattern.test(name))?.[1]
}

/** A list has words of its own, whatever its field is called. */
function fits(field: FieldDeclaration): boolean {
  return field.custom === undefined && field.type !== 'enum' && field.type !== 'choices'
}

function typeExample(field: FieldDeclaration, row: 0 | 1, language: Language): string {
  const options = offeredOptions(field)
  if (options.length > 0) return options[Math.min(row, options.length - 1)]!.labels[language]
  switch (field.type) {
    case 'integer':
    case 'number':
    case 'percent':
    case 'money':
      return row === 0 ? '10' : '20'
    case 'boolean':
      return row === 0 ? 't' : 'f'
    case 'date':
      return row === 0 ? '2026-01-15' : '2026-02-15'
    case 'text':
    case 'multiline':
      return language === 'cs' ? ['první', 'druhý'][row]! : ['first', 'second'][row]!
    default:
      return ''
  }
}
