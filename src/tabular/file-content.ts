/** What a file is by its first bytes, for those that are no text at all: its name decides nothing. */
import { refuseFile } from './refusals.ts'

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['a ZIP archive or an Office document', 'PK\u0003\u0004'],
  ['an old Excel or Word document', '\u00d0\u00cf\u0011\u00e0'],
  ['a PDF document', '%PDF-'],
  ['a gzip archive', '\u001f\u008b'],
  ['a picture', '\u0089PNG'],
  ['a picture', '\u00ff\u00d8\u00ff'],
  ['a picture', 'GIF8'],
  ['a 7-Zip archive', '7z\u00bc\u00af'],
  ['a RAR archive', 'Rar!'],
  ['a zstd archive', '(\u00b5/\u00fd'],
  ['a program', '\u007fELF'],
  ['a database', 'SQLite format 3\u0000'],
  ['a Parquet file', 'PAR1'],
]

/** What some systems call an Excel export, and what a download that needed a sign-in leaves. */
const PAGE = /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html)[\s>]/i

/** Content decides, not the extension: what is no text at all is refused with its kind. */
export function refuseBinary(name: string, head: Buffer, encoding: string): void {
  const start = head.toString('latin1', 0, 256)
  const known = SIGNATURES.find(([, mark]) => start.startsWith(mark))
  if (known !== undefined) throw refuseFile('file.not_a_table', { name, content: known[0] })
  if (PAGE.test(start)) throw refuseFile('file.not_a_table', { name, content: 'a web page' })
  if (encoding.startsWith('utf-16') || encoding.startsWith('utf-32')) return
  let control = 0
  let nul = 0
  const n = Math.min(head.length, 64 * 1024)
  for (let i = 0; i < n; i++) {
    const byte = head[i]!
    if (byte === 0) nul++
    else if (byte < 32 && !TEXT_CONTROLS.has(byte)) control++
  }
  if (control > Math.max(4, n * 0.03) || (n > 64 && nul > n * 0.3)) {
    throw refuseFile('file.not_a_table', { name, content: 'binary data' })
  }
}

/** Tab, line ends, form feed, the shifts and escapes of ISO 2022, and separators made for tables. */
const TEXT_CONTROLS = new Set([1, 9, 10, 12, 13, 14, 15, 27, 28, 29, 30, 31])
