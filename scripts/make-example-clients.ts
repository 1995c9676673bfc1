/**
 * Makes examples/clients.csv and examples/clients-update.csv: the clients of an invented company as its old system
 * would export them, with what such files really have in them, and a few rows that are wrong, each in its own way.
 * Seeded: the same files every time. Run it after a change: `node scripts/make-example-clients.ts`.
 */
import { writeFileSync } from 'node:fs'

const ROWS = 500
const KNOWN_IN_UPDATE = 35
const NEW_IN_UPDATE = 5

/** The columns, in the order of the file. */
const HEADERS = {
  number: 'Číslo klienta',
  name: 'Název',
  isPerson: 'Fyzická osoba',
  firstName: 'Jméno',
  lastName: 'Příjmení',
  state: 'Stav',
  role: 'Vztah',
  regNumber: 'IČO',
  taxNumber: 'DIČ',
  street: 'Ulice',
  city: 'Město',
  postalCode: 'PSČ',
  country: 'Země',
  phone: 'Telefon',
  email: 'E-mail',
  website: 'Web',
  turnover: 'Obrat',
  birthday: 'Datum narození',
  noMailing: 'Nezasílat obchodní sdělení',
  note: 'Poznámka',
} as const

type Column = keyof typeof HEADERS
type Client = Record<Column, string>
const COLUMNS = Object.keys(HEADERS) as Column[]

const PERSON = { isPerson: 'Ano', firstName: 'Radovan', lastName: 'Křepelka', name: 'Křepelka Radovan' }

/** What is wrong, by the row's place from 0: each row in a way of its own. */
const BAD_ROWS: Readonly<Record<number, Partial<Client>>> = {
  36: { ...PERSON, birthday: '31.2.1980', email: 'radovan.krepelka@example.com', website: '', turnover: '' },
  87: { country: 'Deutchland' },
  123: { email: 'objednavky(zavinac)example.com' },
  178: { name: '' },
  204: { regNumber: '2,72E+07' },
  251: { state: 'Čeká na vyjádření' },
  299: { street: `Průmyslový areál ${'za bývalou cihelnou směrem k nádraží, '.repeat(8)}budova C` },
  342: { phone: '602 ABC 417' },
  // The number of the row before it.
  412: { number: 'K00412' },
}

const list = (text: string): readonly string[] => text.split('|')

type Country = {
  readonly code: 'CZ' | 'DE' | 'AT' | 'SK' | 'GB'
  readonly names: readonly string[]
  /** `W` stands for a word, `S` for a surname, `F` for the family in the second case. */
  readonly companies: readonly string[]
  readonly men: readonly string[]
  readonly women: readonly string[]
  readonly surnames: readonly string[]
  readonly streets: readonly string[]
  readonly places: readonly string[]
}

const CZECH: Country = {
  code: 'CZ',
  names: list('Česká republika|Česká republika|Česká republika|ČR|Česko|CZ'),
  companies: list(
    'W s.r.o.|W, spol. s r.o.|W a.s.|S a synové s.r.o.|Stavby S s.r.o.|Kovovýroba S, v.o.s.|Pekařství "U F"|S; W a spol.|Zahradnictví S',
  ),
  men: list('Jan|Petr|Jiří|Tomáš|Zdeněk|Ondřej|Lukáš|Bořivoj'),
  women: list('Eva|Anežka|Kateřina|Lenka|Žofie|Ludmila'),
  surnames: list(
    'Novák|Svoboda|Dvořák|Černý|Procházka|Kučera|Říha|Šťastný|Žák|Kříž|Pospíšil|Hájek|Beneš|Ječmínek',
  ),
  streets: list('Nádražní|Školní|Husova|Na Příkopě|Palackého|U Cihelny|Květná|Za Humny|Dlouhá|Třída Míru'),
  places: list(
    'Praha 3=130 00|Brno=602 00|Plzeň=301 00|Ostrava=702 00|České Budějovice=370 01|Žďár nad Sázavou=591 01|Ústí nad Labem=400 01|Třebíč=674 01|Děčín=405 02',
  ),
}

const GERMAN: Country = {
  code: 'DE',
  names: list('Německo|Německo|Deutschland|DE|NĚMECKO'),
  companies: list('W GmbH|S Maschinenbau GmbH|S & Söhne KG|Bäckerei S|W GmbH & Co. KG|Autohaus S e.K.'),
  men: list('Jürgen|Hans-Peter|Günther|Jörg|Björn'),
  women: list('Sabine|Käthe|Ursula|Heike'),
  surnames: list('Müller|Weiß|Schäfer|Größmann|Köhler|Vögele|Strauß|Krüger|Böhm|Groß'),
  streets: list(
    'Hauptstraße|Bahnhofstraße|Goethestraße|Am Mühlbach|Schloßallee|Königsweg|Straße des Friedens',
  ),
  places: list('München=80331|Dresden=01067|Nürnberg=90402|Köln=50667|Görlitz=02826|Weißenfels=06667'),
}

const AUSTRIAN: Country = {
  ...GERMAN,
  code: 'AT',
  names: list('Rakousko|Österreich'),
  places: list('Wien=1010|Linz=4020|Gänserndorf=2230'),
}

const SLOVAK: Country = {
  ...CZECH,
  code: 'SK',
  names: list('Slovensko|Slovenská republika|SK'),
  surnames: list('Kováč|Horváth|Ďurica|Hruška|Šimko|Ľupták'),
  places: list('Bratislava=811 01|Košice=040 01|Žilina=010 01'),
}

const BRITISH: Country = {
  code: 'GB',
  names: list('Velká Británie|UK'),
  companies: list('W Ltd|S & Sons Ltd'),
  men: list('James|Oliver'),
  women: list('Emily|Harriet'),
  surnames: list("Whitfield|Hargreaves|O'Connell"),
  streets: list('Mill Lane|Station Road'),
  places: list('London=EC1A 1BB|Leeds=LS1 4AP'),
}

const WORDS = list(
  'Javořina|Rybník|Bystřice|Granit|Kovolit|Orlík|Sázava|Habr|Nova|Mlýn|Vltavan|Krušnohor|Elbtal|Sonnenhof|Hvězda|Modřín|Kámen|Beskyd',
)
const TRADES = list('Trade|Plast|Stav|Servis|Consult|Agro|Elektro|Transport|Textil|Technik|Druck|Holz')
const STATES = list('Aktuální|Aktuální|Aktuální|Potenciální|Potenciální|Odložený|Nezajímavý|aktuální')
const ROLES = list('Odběratel|Odběratel|Odběratel|Dodavatel|Partner|')
const NOTES = list(
  '||||Platí včas.|Volat až po 14. hodině|Chce slevu 5 %; domluveno s vedením.|Dodává "na klíč".|' +
    'Převzato ze starého systému.\nOvěřit adresu!|Fakturovat čtvrtletně;\nkontakt: účtárna',
)
const CZECH_MOBILES = list('602|603|605|720|723|731|774|777')

/** mulberry32: small, seeded and the same everywhere. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

type Dice = {
  pick: <T>(list: readonly T[]) => T
  number: (from: number, to: number) => number
  happens: (share: number) => boolean
  digits: (count: number) => string
}

function makeDice(seed: number): Dice {
  const random = makeRandom(seed)
  const number = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  return {
    pick: (list) => list[number(0, list.length - 1)]!,
    number,
    happens: (share) => random() < share,
    digits: (count) => Array.from({ length: count }, () => String(number(0, 9))).join(''),
  }
}

/** A Czech or Slovak company number: seven digits, many with zeros in front, and a check digit modulo 11. */
function makeRegNumber(dice: Dice): string {
  const body = dice.happens(0.3) ? `00${dice.digits(5)}` : String(dice.number(1_000_000, 9_999_999))
  const sum = Array.from(body).reduce((total, digit, at) => total + Number(digit) * (8 - at), 0)
  const rest = sum % 11
  return `${body}${rest === 0 ? 1 : rest === 1 ? 0 : 11 - rest}`
}

/** Czech ones as in the country, the others with their code; the British range is kept free for fiction. */
const PHONES: Readonly<Record<Country['code'], (dice: Dice) => string>> = {
  CZ: (dice) =>
    [dice.pick(CZECH_MOBILES), dice.digits(3), dice.digits(3)].join(dice.pick([' ', ' ', ' ', '', '-'])),
  DE: (dice) => `+49 ${dice.pick(['89', '351', '911', '221'])} ${dice.number(200_000, 999_999)}0`,
  AT: (dice) => `0043 1 ${dice.number(200_000, 899_999)}4`,
  SK: (dice) => `+421 90${dice.number(3, 8)} ${dice.digits(3)} ${dice.digits(3)}`,
  GB: (dice) => `+44 20 7946 0${dice.digits(3)}`,
}

type Numbers = readonly [regNumber: string, taxNumber: string]

const NUMBERS: Readonly<Record<Country['code'], (dice: Dice) => Numbers>> = {
  CZ: (dice) => {
    const regNumber = makeRegNumber(dice)
    return [regNumber, `CZ${regNumber}`]
  },
  DE: (dice) => [`HRB ${dice.number(1000, 99_999)}`, `DE${dice.number(100_000_000, 399_999_999)}`],
  AT: (dice) => [`FN ${dice.number(100_000, 499_999)}k`, `ATU${dice.digits(8)}`],
  SK: (dice) => [makeRegNumber(dice), `SK20${dice.digits(8)}`],
  GB: (dice) => [`0${dice.digits(7)}`, `GB${dice.number(100_000_000, 999_999_999)}`],
}

/** The name of a Czech or Slovak woman, and of the family as in "at the Nováks'". */
function feminine(surname: string): string {
  if (surname.endsWith('ý')) return `${surname.slice(0, -1)}á`
  return `${surname.replace(/ek$/, 'k').replace(/[ao]$/, '')}ová`
}

function familyOf(surname: string): string {
  if (surname.endsWith('ý')) return `${surname}ch`
  return `${surname.replace(/ek$/, 'k').replace(/[ao]$/, '')}ů`
}

function slugOf(text: string): string {
  return text
    .replace(/,? (?:spol\. s r\.o\.|s\.r\.o\.|a\.s\.|v\.o\.s\.|a spol\.|GmbH.*|KG|e\.K\.|Ltd)$/, '')
    .normalize('NFKD')
    .replaceAll('ß', 'ss')
    .replace(/[\u0300-\u036f'".]/g, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-|-$/g, '')
}

function makeAmount(dice: Dice): string {
  const whole = String(dice.number(2, 480) * 1000 * dice.pick([1, 10, 100]) + dice.number(0, 999))
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, dice.pick([' ', ' ', '\u00a0']))
  return `${grouped},${dice.pick(['00', '00', '50', '90'])} Kč`
}

const two = (number: number): string => String(number).padStart(2, '0')

function makeBirthday(dice: Dice): string {
  const [day, month, year] = [dice.number(1, 28), dice.number(1, 12), dice.number(1948, 2004)]
  return dice.happens(0.2) ? `${two(day)}. ${two(month)}. ${year}` : `${day}.${month}.${year}`
}

function makeName(
  country: Country,
  dice: Dice,
): Pick<Client, 'name' | 'isPerson' | 'firstName' | 'lastName'> {
  const surname = dice.pick(country.surnames)
  if (dice.happens(0.24)) {
    const isWoman = dice.happens(0.5)
    const firstName = dice.pick(isWoman ? country.women : country.men)
    const lastName = isWoman && (country.code === 'CZ' || country.code === 'SK') ? feminine(surname) : surname
    return { name: `${lastName} ${firstName}`, isPerson: 'Ano', firstName, lastName }
  }
  const word = `${dice.pick(WORDS)} ${dice.pick(TRADES)}`
  const parts: Record<string, string> = { W: word, S: surname, F: familyOf(surname) }
  const name = dice.pick(country.companies).replace(/\b[WSF]\b/g, (letter) => parts[letter]!)
  return { name, isPerson: 'Ne', firstName: '', lastName: '' }
}

function makeClient(place: number, dice: Dice): Client & { readonly code: Country['code'] } {
  const abroad = dice.pick([GERMAN, GERMAN, GERMAN, dice.pick([AUSTRIAN, SLOVAK, BRITISH])])
  const country = dice.happens(0.6) ? CZECH : abroad
  const { code } = country
  const named = makeName(country, dice)
  const isPerson = named.isPerson === 'Ano'
  const [regNumber, taxNumber] = NUMBERS[code](dice)
  const [city = '', postalCode = ''] = dice.pick(country.places).split('=')
  const street = dice.pick(country.streets)
  const house = `${dice.number(1, 180)}${code === 'CZ' && dice.happens(0.3) ? `/${dice.number(1, 30)}` : ''}`
  const host = `${slugOf(named.name)}.example`
  const personal = `${slugOf(named.firstName)}.${slugOf(named.lastName)}${place + 1}@example.${dice.pick(['com', 'org', 'net'])}`
  return {
    code,
    number: `K${String(place + 1).padStart(5, '0')}`,
    ...named,
    name: dice.happens(0.03) ? ` ${named.name}` : named.name,
    state: dice.pick(STATES),
    role: dice.pick(ROLES),
    regNumber: isPerson ? '' : regNumber,
    taxNumber: isPerson || dice.happens(0.2) ? '' : taxNumber,
    street: code === 'GB' ? `${house} ${street}` : `${street} ${house}`,
    city,
    postalCode,
    country: dice.pick(country.names),
    phone: dice.happens(0.08) ? '' : PHONES[code](dice),
    email: dice.happens(0.06) ? dice.pick(['', '-']) : isPerson ? personal : `info@${host}`,
    website:
      isPerson || dice.happens(0.3)
        ? ''
        : dice.pick([`www.${host}`, `https://${host}`, `http://www.${host}/`]),
    turnover: isPerson || dice.happens(0.25) ? '' : makeAmount(dice),
    birthday: isPerson ? makeBirthday(dice) : '',
    noMailing: dice.pick(['Ne', 'Ne', 'Ne', 'Ano', 'ne', '']),
    note: dice.pick(NOTES),
  }
}

/** Nobody is there twice, but for the row that is wrong in just that. */
function makeClients(): (Client & { readonly code: Country['code'] })[] {
  const dice = makeDice(20_260_101)
  const names = new Set<string>()
  return Array.from({ length: ROWS }, (_, place) => {
    let client = makeClient(place, dice)
    for (let tries = 0; names.has(client.name.trim()) && tries < 50; tries++) client = makeClient(place, dice)
    names.add(client.name.trim())
    return { ...client, ...BAD_ROWS[place] }
  })
}

/** Excel's way: quotes where they are needed, CR LF between rows. */
function writeCsv(rows: readonly (readonly string[])[], delimiter: string): string {
  const needsQuotes = (cell: string) => cell.includes(delimiter) || /["\r\n]/.test(cell)
  const write = (cell: string) => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return rows.map((row) => `${row.map(write).join(delimiter)}\r\n`).join('')
}

/** The bytes of examples/clients.csv. */
export function writeClients(): Uint8Array {
  const rows = makeClients().map((client) => COLUMNS.map((column) => client[column]))
  return encodeWindows1250(writeCsv([COLUMNS.map((column) => HEADERS[column]), ...rows], ';'))
}

/** Of two rows with one number, both are. */
function isWrong(place: number): boolean {
  return BAD_ROWS[place] !== undefined || BAD_ROWS[place + 1]?.number !== undefined
}

/** The bytes of examples/clients-update.csv: some moved, some with a new number, some as they were, a few unknown. */
export function writeUpdate(): Uint8Array {
  const dice = makeDice(20_260_202)
  const known = makeClients()
    .filter(({ code, phone }, place) => code === 'CZ' && phone !== '' && !isWrong(place))
    .filter((_, at) => at % 8 === 1)
    .slice(0, KNOWN_IN_UPDATE)
    .map((client, at) => {
      const [city = '', postalCode = ''] =
        at % 3 === 0 ? dice.pick(CZECH.places).split('=') : [client.city, client.postalCode]
      return [
        client.number,
        client.name.trim(),
        city,
        postalCode,
        at % 3 === 1 || at % 7 === 3 ? PHONES.CZ(dice) : client.phone,
      ]
    })
  const unknown = Array.from({ length: NEW_IN_UPDATE }, (_, at) => {
    const client = makeClient(ROWS + at, dice)
    return [client.number, client.name.trim(), client.city, client.postalCode, PHONES[client.code](dice)]
  })
  return new TextEncoder().encode(
    writeCsv([['Client number', 'Name', 'City', 'Postal code', 'Phone'], ...known, ...unknown], ','),
  )
}

function encodeWindows1250(text: string): Uint8Array {
  const characters = new TextDecoder('windows-1250').decode(
    Uint8Array.from({ length: 256 }, (_, byte) => byte),
  )
  const bytes = new Map(Array.from(characters, (character, byte) => [character, byte]))
  return Uint8Array.from(Array.from(text), (character) => {
    const byte = bytes.get(character)
    if (byte === undefined) throw new Error(`Windows-1250 has no ${character}`)
    return byte
  })
}

if (import.meta.main) {
  const folder = new URL('../examples/', import.meta.url)
  writeFileSync(new URL('clients.csv', folder), writeClients())
  writeFileSync(new URL('clients-update.csv', folder), writeUpdate())
}
