/** What the tripwire sees of a file: one byte for each character, and the names of its columns. */

type Width = { wide: 'unknown' | 'no' | 'le' | 'be'; pending: number[] }

const HEADER_LIMIT = 16 * 1024

/** One byte for each character: UTF-16 and UTF-32 by their low bytes, everything else as it is. */
export function narrow(at: Width, chunk: Uint8Array): Uint8Array {
  if (at.wide === 'no') return chunk
  const bytes = at.pending.length === 0 ? chunk : Buffer.concat([Uint8Array.from(at.pending), chunk])
  if (at.wide === 'unknown') {
    if (bytes.length < 4) {
      at.pending = [...bytes]
      return new Uint8Array(0)
    }
    const [a, b, c, d] = bytes as unknown as [number, number, number, number]
    const isLe = (a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && d === 0)
    const isBe =
      (a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && c === 0) || (a === 0 && b === 0 && d !== 0)
    at.wide = isLe ? 'le' : isBe ? 'be' : 'no'
  }
  at.pending = []
  if (at.wide === 'no') return bytes
  const whole = bytes.length - (bytes.length % 2)
  if (whole < bytes.length) at.pending = [bytes[whole]!]
  const low = at.wide === 'le' ? 0 : 1
  const narrowed = new Uint8Array(whole / 2)
  let n = 0
  for (let i = 0; i < whole; i += 2) {
    const high = bytes[i + 1 - low]!
    const byte = bytes[i + low]!
    if (high !== 0) narrowed[n++] = 0x7e
    else if (byte !== 0) narrowed[n++] = byte
  }
  return narrowed.subarray(0, n)
}

export function firstLine(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, HEADER_LIMIT)).toString('utf8')
}

/** Longer numbers are no names and must not be kept. */
export function masked(text: string): string {
  return text.replace(/#?\d{3,}|#\d+/g, '#')
}

export function headerCell(header: string, delimiter: number, column: number): string | null {
  const line = header.split(/[\r\n]/, 1)[0]!.replace(/^\ufeff/, '')
  const cells = line.split(String.fromCharCode(delimiter))
  const name = cells[column]
    ?.trim()
    .replace(/^"(.*)"$/, '$1')
    .slice(0, 80)
  return name === undefined || name === '' || name.includes('#') ? null : name
}
