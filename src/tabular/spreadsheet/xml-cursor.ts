/**
 * A cursor over XML that arrives in pieces: elements by their local name, text decoded, nothing built.
 * Promises that no declaration is obeyed: a DOCTYPE is refused, entities beyond the five stay as they stand,
 * depth and the length of one token are bounded.
 */
import { refuseArchive } from '../archive-refusals.ts'

/** More text is needed, or (after the last piece) there is none. */
export const NEED = 0
export const OPEN = 1
export const CLOSE = 2
export const TEXT = 3

const MAX_DEPTH = 200
/** Excel allows 32,767 characters in a cell; other programs write more, nobody writes a million. */
export const MAX_TOKEN = 1024 * 1024
const MAX_ATTRIBUTES = 256
const [LT, GT, SLASH, BANG, QUESTION, QUOT, APOS, EQ, COLON] = [60, 62, 47, 33, 63, 34, 39, 61, 58] as const

export class XmlCursor {
  /** Local name of the element that was opened or closed. */
  name = ''
  /** The text as it stands for; only after TEXT. */
  text = ''
  depth = 0
  /** What is not yet passed begins at `position` of `window`: for scanners with a shorter way of their own. */
  window = ''
  position = 0
  readonly #file: string
  #isLast = false
  #closesAtOnce = false
  #count = 0
  /** Begin and end of each attribute's name and value in the window. */
  readonly #places = new Int32Array(MAX_ATTRIBUTES * 4)

  /** `file` is what a refusal calls it. */
  constructor(file: string) {
    this.#file = file
  }

  feed(piece: string, isLast: boolean): void {
    this.window = this.position >= this.window.length ? piece : this.window.slice(this.position) + piece
    this.position = 0
    this.#isLast = isLast
    this.#count = 0
  }

  next(): number {
    if (this.#closesAtOnce) {
      this.#closesAtOnce = false
      this.depth--
      return CLOSE
    }
    const { window } = this
    for (;;) {
      const at = this.position
      if (at >= window.length) return NEED
      if (window.charCodeAt(at) !== LT) return this.#readText(at)
      const next = window.charCodeAt(at + 1)
      if (next === SLASH) return this.#readClose(at)
      if (next === BANG) {
        const kind = this.#readDeclaration(at)
        if (kind !== -1) return kind
      } else if (next === QUESTION) {
        const end = window.indexOf('?>', at)
        if (end === -1) return this.#need()
        this.position = end + 2
      } else return this.#readOpen(at)
    }
  }

  /** The value of an attribute of the element just opened, by local name; null when it has none. */
  attribute(name: string): string | null {
    const { window } = this
    const places = this.#places
    for (let i = 0; i < this.#count; i++) {
      const from = places[i * 4]!
      if (places[i * 4 + 1]! - from === name.length && window.startsWith(name, from))
        return decodeXml(window.slice(places[i * 4 + 2], places[i * 4 + 3]))
    }
    return null
  }

  /** Whether any attribute of that local name, under whatever prefix, has the value. */
  hasAttribute(name: string, value: string): boolean {
    const places = this.#places
    for (let i = 0; i < this.#count; i++) {
      const from = places[i * 4]!
      const to = places[i * 4 + 1]!
      const isNamed = to - from === name.length && this.window.startsWith(name, from)
      if (isNamed && this.window.slice(places[i * 4 + 2], places[i * 4 + 3]) === value) return true
    }
    return false
  }

  #need(): number {
    const held = this.window.length - this.position
    if (held > MAX_TOKEN)
      throw refuseArchive('file.cell_too_long', { name: this.#file, line: '?', limit: MAX_TOKEN })
    if (this.#isLast) throw this.damaged('the XML ends in the middle of an element')
    return NEED
  }

  damaged(what: string): Error {
    return refuseArchive('file.damaged', { name: this.#file, what })
  }

  #readText(at: number): number {
    const end = this.window.indexOf('<', at)
    if (end === -1 && !this.#isLast) return this.#need()
    this.position = end === -1 ? this.window.length : end
    this.text = decodeXml(this.window.slice(at, this.position))
    return TEXT
  }

  #readClose(at: number): number {
    const end = this.window.indexOf('>', at)
    if (end === -1) return this.#need()
    this.name = localName(this.window, at + 2, end)
    this.position = end + 1
    this.depth--
    if (this.depth < 0) throw this.damaged('the XML closes an element that was never opened')
    return CLOSE
  }

  /** A comment (-1: passed), a CDATA section (its text), or what no spreadsheet has. */
  #readDeclaration(at: number): number {
    const { window } = this
    if (window.length - at < 9 && !this.#isLast) return this.#need()
    if (window.startsWith('<!--', at)) {
      const end = window.indexOf('-->', at + 4)
      if (end === -1) return this.#need()
      this.position = end + 3
      return -1
    }
    if (window.startsWith('<![CDATA[', at)) {
      const end = window.indexOf(']]>', at)
      if (end === -1) return this.#need()
      this.text = window.slice(at + 9, end)
      this.position = end + 3
      return TEXT
    }
    if (/^<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)/i.test(window.slice(at, at + 12)))
      throw refuseArchive('file.unsafe_xml', { name: this.#file })
    throw this.damaged('it holds broken XML')
  }

  #readOpen(at: number): number {
    const { window } = this
    const places = this.#places
    const { length } = window
    let i = at + 1
    let nameFrom = i
    let c = 0
    for (; i < length; i++) {
      c = window.charCodeAt(i)
      if (c === COLON) nameFrom = i + 1
      else if (c <= 32 || c === GT || c === SLASH) break
    }
    const nameTo = i
    let count = 0
    let isEmpty = false
    for (;;) {
      while (i < length && (c = window.charCodeAt(i)) <= 32) i++
      if (i >= length) return this.#need()
      if (c === GT) break
      if (c === SLASH) {
        isEmpty = true
        i++
        continue
      }
      let from = i
      for (; i < length; i++) {
        c = window.charCodeAt(i)
        if (c === COLON) from = i + 1
        else if (c === EQ || c <= 32 || c === GT) break
      }
      const to = i
      while (i < length && (c = window.charCodeAt(i)) <= 32) i++
      if (i >= length) return this.#need()
      if (c !== EQ) throw this.damaged('it holds broken XML')
      i++
      while (i < length && (c = window.charCodeAt(i)) <= 32) i++
      if (i >= length) return this.#need()
      if (c !== QUOT && c !== APOS) throw this.damaged('it holds broken XML')
      const end = window.indexOf(c === QUOT ? '"' : "'", i + 1)
      if (end === -1) return this.#need()
      if (count < MAX_ATTRIBUTES) {
        places[count * 4] = from
        places[count * 4 + 1] = to
        places[count * 4 + 2] = i + 1
        places[count * 4 + 3] = end
        count++
      }
      i = end + 1
    }
    if (nameFrom === nameTo) throw this.damaged('it holds broken XML')
    this.name = window.slice(nameFrom, nameTo)
    this.#count = count
    this.#closesAtOnce = isEmpty
    this.position = i + 1
    if (++this.depth > MAX_DEPTH) throw refuseArchive('file.unsafe_xml', { name: this.#file })
    return OPEN
  }
}

function localName(window: string, from: number, to: number): string {
  let start = from
  let end = to
  for (let i = from; i < to; i++) if (window.charCodeAt(i) === COLON) start = i + 1
  while (end > start && window.charCodeAt(end - 1) <= 32) end--
  return window.slice(start, end)
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Character references and the five entities; any other stays as it stands. Line ends become LF. */
export function decodeXml(text: string): string {
  let plain = text
  if (plain.includes('\r')) plain = plain.replace(/\r\n?/g, '\n')
  if (!plain.includes('&')) return plain
  return plain.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name as string] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal)
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  })
}

/** Walks a whole part; `open`, `close` and `text` are told as it goes. */
export async function walkXml(
  texts: AsyncIterable<string>,
  file: string,
  on: {
    open(cursor: XmlCursor): void
    close?(name: string): void
    text?(text: string): void
  },
): Promise<void> {
  const cursor = new XmlCursor(file)
  const take = (piece: string, isLast: boolean): void => {
    cursor.feed(piece, isLast)
    for (let token = cursor.next(); token !== NEED; token = cursor.next()) {
      if (token === OPEN) on.open(cursor)
      else if (token === CLOSE) on.close?.(cursor.name)
      else on.text?.(cursor.text)
    }
  }
  for await (const piece of texts) take(piece, false)
  take('', true)
  if (cursor.depth > 0) throw cursor.damaged('the XML ends too early')
}
