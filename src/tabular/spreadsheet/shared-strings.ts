/**
 * The table of shared strings of a workbook. Hides rich text, phonetic guides and escaped characters; keeps
 * the strings in an arena, so that a million different ones cost their bytes and no more.
 */
import { createStringArena, type StringArena } from './string-arena.ts'
import { CLOSE, NEED, OPEN, XmlCursor } from './xml-cursor.ts'

export type SharedStrings = {
  /** Null: the table has no such string. */
  get(index: number): string | null
  /** False after only the first strings were loaded. */
  readonly isComplete: boolean
  close(): void
}

export const noStrings: SharedStrings = { get: () => null, isComplete: true, close: () => undefined }

/** Loads the table, or (for the first rows of a sheet) its first `most` strings. */
export async function loadSharedStrings(
  texts: AsyncIterable<string>,
  file: string,
  most = Number.MAX_SAFE_INTEGER,
): Promise<SharedStrings> {
  const arena = createStringArena()
  const reader = createReader(file, arena)
  let isComplete = true
  try {
    for await (const piece of texts) {
      reader.take(piece, false)
      if (arena.count >= most) {
        isComplete = false
        break
      }
    }
    if (isComplete) reader.take('', true)
  } catch (error) {
    arena.close()
    throw error
  }
  return {
    isComplete,
    get: (index) => (index >= 0 && index < arena.count ? arena.get(index) : null),
    close: () => arena.close(),
  }
}

function createReader(file: string, arena: StringArena) {
  const cursor = new XmlCursor(file)
  let text = ''
  let isInText = false
  let phonetic = 0
  return {
    take(piece: string, isLast: boolean): void {
      cursor.feed(piece, isLast)
      for (;;) {
        const token = cursor.next()
        if (token === NEED) break
        if (token === OPEN) {
          if (cursor.name === 'si') text = ''
          else if (cursor.name === 'rPh') phonetic++
          else if (cursor.name === 't') isInText = phonetic === 0
        } else if (token === CLOSE) {
          if (cursor.name === 't') isInText = false
          else if (cursor.name === 'rPh') phonetic--
          else if (cursor.name === 'si') arena.add(decodeCodes(text))
        } else if (isInText) text += cursor.text
      }
      if (isLast && cursor.depth > 0) throw cursor.damaged('its table of strings ends too early')
    },
  }
}

/** Characters that XML cannot hold, written as `_xHHHH_`. */
export function decodeCodes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
