/**
 * What the import is compared with: raw COPY of the same values from a prepared text file, and the script that
 * a developer would write. Both run on the same server, into the same table, as a user without row policies.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Installation } from './installation.ts'

/** Writes what an import has loaded as a COPY text file, and returns the columns in it. */
export async function writeCopyFile(
  installation: Installation,
  importId: string,
  path: string,
): Promise<string> {
  const client = await installation.connect()
  try {
    // The id comes from the sequence, as it does for the import.
    const { rows } = await client.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = 'clients'::regclass and attnum > 0
        and not attisdropped and attname not in ('id', 'version') order by attnum`,
    )
    const filled = await filledColumns(
      client,
      importId,
      rows.map((row) => row.name),
    )
    const columns = filled.join(', ')
    const select = `select ${columns} from clients where import_id = ${BigInt(importId)} order by import_row`
    await pipeline(client.query(copyTo(`copy (${select}) to stdout`)), createWriteStream(path))
    return columns
  } finally {
    await client.end()
  }
}

/** Columns that the import has written, so that COPY does not have to send columns of nothing but nulls. */
async function filledColumns(
  client: pg.Client,
  importId: string,
  names: readonly string[],
): Promise<string[]> {
  const counts = names.map((name) => `count(${name})::int as ${name}`).join(', ')
  const { rows } = await client.query<Record<string, number>>(
    `select ${counts} from clients where import_id = ${BigInt(importId)}`,
  )
  return names.filter((name) => rows[0]![name]! > 0)
}

/** Raw COPY; gives the seconds it took. */
export async function copyClients(
  installation: Installation,
  path: string,
  columns: string,
  rows: number,
): Promise<number> {
  const client = await installation.connect()
  try {
    const start = performance.now()
    const copy = client.query(copyFrom(`copy clients (${columns}) from stdin`))
    await pipeline(createReadStream(path, { highWaterMark: 256 * 1024 }), copy)
    const seconds = (performance.now() - start) / 1000
    if (copy.rowCount !== rows) throw new Error(`COPY wrote ${copy.rowCount} rows of ${rows}.`)
    return seconds
  } finally {
    await client.end()
  }
}
