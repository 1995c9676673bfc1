/**
 * Which encoding bytes are written in. Order of evidence: BOM, NUL parity (UTF-16, UTF-32), strict UTF-8
 * with the share of bad bytes, then code pages by what the text becomes. Promises an encoding that
 * `createChunkDecoder` knows, in time bounded by the sample.
 */
import { isAscii } from 'node:buffer'
import { eastAsianEncoding, isEastAsian, isIso2022Kr } from './east-asian.ts'
import { decodeSlice, isKnownEncoding } from './text-decoder.ts'

export type EncodingFound = {
  readonly encoding: string
  /** Bytes of the byte order mark to skip. */
  readonly bomLength: number
  readonly isCertain: boolean
}

/** The detector's eras as bits: web, ISO, Mac, regional and DOS pages, but no EBCDIC. */
const ALL_BUT_MAINFRAME = 31
const MODERN = 1
/** Below this the detector has next to nothing to go by. */
const DOUBTFUL = 0.2

const BOMS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
]

/** Other names of what we know, lower case. */
const ALIASES: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  'utf-8-sig': 'utf-8',
  'us-ascii': 'ascii',
  'utf-16': 'utf-16le',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  'utf-16-le': 'utf-16le',
  'utf-16-be': 'utf-16be',
  'utf-32': 'utf-32le',
  'utf-32-le': 'utf-32le',
  'utf-32-be': 'utf-32be',
  latin1: 'iso-8859-1',
  'latin-1': 'iso-8859-1',
  latin2: 'iso-8859-2',
  ansi: 'windows-1252',
  maccyrillic: 'x-mac-cyrillic',
  'mac-cyrillic': 'x-mac-cyrillic',
  macroman: 'macintosh',
  'mac-roman': 'macintosh',
  cp874: 'windows-874',
  cp932: 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  cp949: 'euc-kr',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  cp936: 'gb18030',
  cp950: 'big5',
  'big5-hkscs': 'big5',
}

/** Our name of an encoding that somebody named, or null when we cannot read it. */
export function encodingNamed(name: string): string | null {
  const lower = name
    .trim()
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^iso-?8859-?/, 'iso-8859-')
  const known =
    ALIASES[lower] ??
    lower
      .replace(/^(?:cp|windows|win)-?(125\d)$/, 'windows-$1')
      .replace(/^(?:cp|ibm|dos)-?(\d{3})$/, 'ibm$1')
      .replace(/^shift-jis(?:-2004)?$/, 'shift_jis')
      .replace(/^euc-jis-2004$/, 'euc-jp')
  return isKnownEncoding(known) ? known : null
}

/** The length of a byte order mark of this encoding at the start of the bytes. */
export function bomOf(head: Buffer): { encoding: string; bomLength: number } | null {
  for (const [encoding, mark] of BOMS) {
    if (mark.every((byte, i) => head[i] === byte)) return { encoding, bomLength: mark.length }
  }
  return null
}

export async function detectEncoding(head: Buffer, complete: boolean): Promise<EncodingFound> {
  const bom = bomOf(head)
  if (bom !== null) return { ...bom, isCertain: true }
  const wide = wideEncoding(head)
  if (wide !== null) return { encoding: wide, bomLength: 0, isCertain: true }
  if (isAscii(head) && !head.includes(0x1b)) return { encoding: 'utf-8', bomLength: 0, isCertain: true }
  const { bad, good } = utf8Evidence(head, complete)
  if (bad === 0 && good > 0) return { encoding: 'utf-8', bomLength: 0, isCertain: true }
  // A mostly valid UTF-8 file stays UTF-8: each bad byte becomes a finding with its place.
  if (good > 0 && bad * 20 <= good) return { encoding: 'utf-8', bomLength: 0, isCertain: false }
  return { bomLength: 0, ...(await codePage(head)) }
}

/** UTF-16 and UTF-32 without a mark: NUL bytes at one parity of the positions and hardly at the other. */
function wideEncoding(head: Buffer): string | null {
  const n = Math.min(head.length - (head.length % 4), 64 * 1024)
  if (n < 4) return null
  const zeros = [0, 0, 0, 0]
  for (let i = 0; i < n; i++) if (head[i] === 0) zeros[i & 3]!++
  const [a, b, c, d] = zeros as [number, number, number, number]
  const quarter = n / 4
  if (a + b + c + d < quarter * 0.2) return null
  if (c > quarter * 0.9 && d > quarter * 0.9 && a < quarter * 0.1) return 'utf-32le'
  if (a > quarter * 0.9 && b > quarter * 0.9 && d < quarter * 0.1) return 'utf-32be'
  const even = a + c
  const odd = b + d
  if (odd > quarter * 0.2 && even * 20 < odd) return 'utf-16le'
  if (even > quarter * 0.2 && odd * 20 < even) return 'utf-16be'
  return null
}

/** Multi-byte characters that are good UTF-8, and bytes that are not. */
function utf8Evidence(bytes: Buffer, complete: boolean): { good: number; bad: number } {
  let good = 0
  let bad = 0
  const n = bytes.length
  for (let i = 0; i < n; ) {
    const b = bytes[i]!
    if (b < 0x80) {
      i++
      continue
    }
    const need = b >= 0xf0 && b < 0xf5 ? 3 : b >= 0xe0 && b < 0xf0 ? 2 : b >= 0xc2 && b < 0xe0 ? 1 : 0
    let have = 0
    while (have < need && i + 1 + have < n && (bytes[i + 1 + have]! & 0xc0) === 0x80) have++
    if (need > 0 && have === need) good++
    else if (i + 1 + have < n || complete) bad++
    i += 1 + have
  }
  return { good, bad }
}

/** Where ISO pages have control characters, the Windows pages made after them have letters and signs. */
const WINDOWS_PAGE: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-2': 'windows-1250',
  'iso-8859-7': 'windows-1253',
  'iso-8859-8': 'windows-1255',
  'iso-8859-9': 'windows-1254',
  'iso-8859-13': 'windows-1257',
  'iso-8859-15': 'windows-1252',
}

async function codePage(head: Buffer): Promise<{ encoding: string; isCertain: boolean }> {
  if (isIso2022Kr(head)) return { encoding: 'iso-2022-kr', isCertain: true }
  // Loaded only for files that are not Unicode: its model costs a tenth of a second.
  const { chardet } = await import('jschardet')
  const found = chardet.detect(head, { encodingEra: ALL_BUT_MAINFRAME })
  let name = found.encoding
  if (found.confidence < DOUBTFUL) {
    const known = name === null ? null : encodingNamed(name)
    const isAsian = known !== null && isEastAsian(known)
    const asian = isAsian ? known : eastAsianEncoding(head, found.confidence < DOUBTFUL / 4 ? 0.6 : 0.85)
    if (asian !== null) return { encoding: asian, isCertain: false }
    name = mostPlausible(head, [
      // One of those in use first: it wins a tie.
      ...chardet.detectAll(head, { encodingEra: MODERN, ignoreThreshold: true }).slice(0, 2),
      ...chardet.detectAll(head, { encodingEra: ALL_BUT_MAINFRAME, ignoreThreshold: true }).slice(0, 3),
    ])
  }
  const encoding = (name === null ? null : encodingNamed(name)) ?? 'windows-1252'
  const hasControls = head.some((byte) => byte >= 0x80 && byte < 0xa0)
  // Romanian has the same bytes in both pages, but its ș and ț bear commas: so they are in Unicode's Romanian,
  // and only where no byte is one of Windows' own.
  if (found.language === 'ro' && !hasControls && /^(?:windows-1250|iso-8859-2)$/.test(encoding)) {
    return { encoding: 'iso-8859-16', isCertain: false }
  }
  return {
    encoding: (hasControls ? WINDOWS_PAGE[encoding] : undefined) ?? encoding,
    isCertain: name !== null && found.confidence > 0.5,
  }
}

/** Signs that are no letters but take the places of letters in the wrong page. */
const MISPLACED =
  /[\u0080-\u009f\ufffd¢£¤¥¦§¨©ª¬\u00ad®¯°±²³´µ¶·¸¹º¼½¾ˇ˘˙˚˛˜˝\u2500-\u259f]|\p{Ll}\p{Lu}|\p{L}[†‡•‰‹›€™¿¡«»„“”‚‘]\p{L}/gu

/** Too little text for statistics: the page in which it has the fewest misplaced signs. */
function mostPlausible(
  head: Buffer,
  candidates: readonly { readonly encoding: string | null }[],
): string | null {
  let best: string | null = null
  let fewest = Number.MAX_SAFE_INTEGER
  for (const { encoding } of candidates) {
    const known = encoding === null ? null : encodingNamed(encoding)
    if (known === null) continue
    const misplaced = decodeSlice(head.subarray(0, 16 * 1024), known, true).match(MISPLACED)?.length ?? 0
    if (misplaced < fewest) {
      fewest = misplaced
      best = known
    }
  }
  return best
}
