/**
 * RFC 4180 → rows, for the expected files: comma, double quote, any line end, blank lines kept as rows without
 * cells. Independent of the reader that is measured, so that the two cannot be wrong together.
 */
export function parseCleanCsv(bytes: Buffer): string[][] {
  const text = cleanText(bytes)
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
  const rows: string[][] = []
  let at = 0
  while (at < text.length) {
    if (text[at] === '\n') {
      rows.push([])
      at++
      continue
    }
    const cells: string[] = []
    for (;;) {
      const [cell, end] = cellAt(text, at)
      cells.push(cell)
      at = end + 1
      if (text[end] !== ',') break
    }
    rows.push(cells)
  }
  return rows
}

/** The cell that starts here and the place of the mark that ends it. */
function cellAt(text: string, start: number): [string, number] {
  let cell = ''
  let at = start
  if (text[at] === '"') {
    for (at++; at < text.length; ) {
      const close = text.indexOf('"', at)
      cell += text.slice(at, close < 0 ? text.length : close)
      at = close < 0 ? text.length : close + 1
      if (text[at] !== '"') break
      cell += '"'
      at++
    }
  }
  let end = at
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') end++
  return [cell + text.slice(at, end), end]
}

function cleanText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
