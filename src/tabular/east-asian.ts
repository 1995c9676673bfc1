/**
 * East Asian encodings told by their bytes, for texts too short for statistics: whether all characters are
 * well formed, and whether they are those that people use. And the two Korean encodings that the platform
 * cannot decode.
 */

type Script = {
  readonly encoding: string
  readonly isLead: (byte: number) => boolean
  readonly isTrail: (byte: number) => boolean
  readonly isCommon: (lead: number, trail: number) => boolean
}

const between = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to
const isHigh = (byte: number): boolean => between(byte, 0xa1, 0xfe)

const SCRIPTS: readonly Script[] = [
  {
    encoding: 'euc-jp',
    isLead: (b) => isHigh(b) || b === 0x8e,
    isTrail: isHigh,
    isCommon: (a) => a === 0xa1 || a === 0xa4 || a === 0xa5 || between(a, 0xb0, 0xcf),
  },
  {
    encoding: 'shift_jis',
    isLead: (b) => between(b, 0x81, 0x9f) || between(b, 0xe0, 0xfc),
    isTrail: (b) => between(b, 0x40, 0x7e) || between(b, 0x80, 0xfc),
    isCommon: (a) => between(a, 0x81, 0x83) || between(a, 0x88, 0x97),
  },
  {
    encoding: 'euc-kr',
    isLead: isHigh,
    isTrail: isHigh,
    isCommon: (a) => a === 0xa1 || between(a, 0xb0, 0xc8),
  },
  {
    encoding: 'gb18030',
    isLead: (b) => between(b, 0x81, 0xfe),
    isTrail: (b) => between(b, 0x40, 0x7e) || between(b, 0x80, 0xfe),
    isCommon: (a, b) => isHigh(b) && (a === 0xa1 || a === 0xa3 || between(a, 0xb0, 0xd7)),
  },
  {
    encoding: 'big5',
    isLead: (b) => between(b, 0xa1, 0xf9),
    isTrail: (b) => between(b, 0x40, 0x7e) || isHigh(b),
    isCommon: (a) => between(a, 0xa1, 0xa3) || between(a, 0xa4, 0xc6),
  },
]

export function isEastAsian(encoding: string): boolean {
  return SCRIPTS.some((script) => script.encoding === encoding)
}

/** The encoding in which all characters are well formed and more than `least` of them common, or null. */
export function eastAsianEncoding(bytes: Buffer, least: number): string | null {
  let best: string | null = null
  let most = least
  for (const script of SCRIPTS) {
    const share = commonShare(bytes, script)
    if (share > most) {
      most = share
      best = script.encoding
    }
  }
  return best
}

function commonShare(bytes: Buffer, { encoding, isLead, isTrail, isCommon }: Script): number {
  let pairs = 0
  let common = 0
  let bad = 0
  let kana = 0
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!
    if (lead < 0x80) continue
    const trail = bytes[i + 1]
    if (trail === undefined) break
    if (!isLead(lead) || !isTrail(trail)) {
      bad++
      continue
    }
    pairs++
    if (isCommon(lead, trail)) common++
    if (lead === 0xa4 || lead === 0xa5) kana++
    i++
  }
  // Japanese without kana is none.
  if (encoding === 'euc-jp' && kana * 20 < pairs) return 0
  // Chinese uses a third of its characters beyond those that Korean has.
  if (encoding === 'euc-kr' && common < pairs * 0.95) return 0
  return pairs < 4 || bad > pairs * 0.03 ? 0 : common / pairs
}

/** ISO-2022-KR announces itself; between SO and SI stand EUC-KR characters without their high bits. */
export function isIso2022Kr(head: Buffer): boolean {
  return head.subarray(0, 4096).includes(Buffer.from([0x1b, 0x24, 0x29, 0x43]))
}

export function createIso2022KrDecoder(): (chunk: Buffer) => string {
  let isShifted = false
  let escape: number[] = []
  let lead = 0
  const euc = new TextDecoder('euc-kr')
  return (chunk) => {
    const out: number[] = []
    for (const byte of chunk) {
      if (escape.length > 0) {
        escape.push(byte)
        if (escape.length === 4) escape = []
      } else if (byte === 0x1b) escape = [byte]
      else if (byte === 0x0e) isShifted = true
      else if (byte === 0x0f) isShifted = false
      else if (!isShifted || byte < 0x21) out.push(byte)
      else if (lead === 0) lead = byte | 0x80
      else {
        out.push(lead, byte | 0x80)
        lead = 0
      }
    }
    return euc.decode(Uint8Array.from(out))
  }
}

const INITIAL_FILL = 1
const MEDIALS = [3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 23, 26, 27, 28, 29]
const FINALS = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
]

/** Johab: Hangul as three fields of five bits, everything else as rows of KS X 1001 set closer together. */
export function createJohabDecoder(): (chunk: Buffer, last: boolean) => string {
  const euc = new TextDecoder('euc-kr')
  let kept = 0
  return (chunk, last) => {
    let text = ''
    for (const byte of chunk) {
      if (kept === 0) {
        if (byte < 0x80) text += String.fromCharCode(byte)
        else kept = byte
        continue
      }
      text += johabCharacter(kept, byte, euc)
      kept = 0
    }
    if (last && kept !== 0) text += '\ufffd'
    return text
  }
}

function johabCharacter(lead: number, trail: number, euc: InstanceType<typeof TextDecoder>): string {
  if (lead < 0xd4) {
    const code = (lead << 8) | trail
    const initial = ((code >> 10) & 31) - INITIAL_FILL - 1
    const medial = MEDIALS.indexOf((code >> 5) & 31)
    const final = FINALS.indexOf(code & 31)
    if (initial < 0 || initial > 18 || medial < 0 || final < 0) return '\ufffd'
    return String.fromCharCode(0xac00 + (initial * 21 + medial) * 28 + final)
  }
  const first = lead < 0xe0 ? (lead - 0xd9) * 2 + 0x21 : (lead - 0xe0) * 2 + 0x4a
  const isSecond = trail >= 0xa1
  const low = isSecond ? trail - 0xa1 + 0x21 : trail >= 0x91 ? trail - 0x91 + 0x6f : trail - 0x31 + 0x21
  const row = isSecond ? first + 1 : first
  if (row < 0x21 || row > 0x7e || low < 0x21 || low > 0x7e) return '\ufffd'
  return euc.decode(Uint8Array.of(row | 0x80, low | 0x80))
}
