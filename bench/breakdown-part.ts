/**
 * Where the time of an import goes: reading, converting and encoding run by themselves over the same file, and
 * every statement of a whole street is timed from outside, so that the program carries nothing for it.
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { ensureDemoOrganisation, openLocalScope } from '../src/accounts/accounts.ts'
import { openEngine, tasks } from '../src/app.ts'
import { recordEvent } from '../src/history/history.ts'
import { encodeCells } from '../src/imports/copy-writer.ts'
import { blobSource, type ImportEngine } from '../src/imports/engine.ts'
import { findRun } from '../src/imports/imports.store.ts'
import { approveImport, checkImport, createImport } from '../src/imports/imports.ts'
import { mapperOf } from '../src/imports/part.ts'
import { runCheck, runLoad } from '../src/imports/pipeline.ts'
import { receiveWhole } from '../src/imports/read/receive.ts'
import type { ImportRun } from '../src/imports/run.ts'
import { readConfig } from '../src/platform/config.ts'
import { openPlatform } from '../src/platform/platform.ts'
import { inWork, type WorkScope } from '../src/platform/work.ts'
import { type ByteSource, readRowBatches } from '../src/tabular/tabular.ts'
import { writeClientsFile } from './clients-file.ts'
import type { Installation } from './installation.ts'
import { type BenchSize, grouped, say } from './report.ts'
import { timeStatements } from './statement-times.ts'

export async function runBreakdownPart(installation: Installation, size: BenchSize): Promise<void> {
  const rows = Math.min(size.rows, 300_000)
  say(`\nWhere the time goes, ${grouped(rows)} rows (per cent of check and load)`)
  const path = join(installation.folder, `breakdown-${rows}.csv`)
  await writeClientsFile(path, rows)
  const plain = await openPlatform(readConfig({ dataDir: join(installation.folder, 'data') }), tasks)
  try {
    await ensureDemoOrganisation(plain, { recordEvent })
    const scope = await openLocalScope(plain)
    const timing = timeStatements(plain.database)
    const engine = openEngine({ ...plain, database: timing.database })
    // The first walk warms up.
    await walk(engine, scope, path)
    await installation.settle()
    timing.take()
    const times = await walk(engine, scope, path)
    report(times, timing.take())
  } finally {
    await plain.close()
  }
}

type Times = Record<'read' | 'convert' | 'encode' | 'check' | 'load', number>

async function walk(engine: ImportEngine, scope: WorkScope, path: string): Promise<Times> {
  const input = createReadStream(path, { highWaterMark: 256 * 1024 })
  const file = await receiveWhole(engine.platform, scope, 'clients.csv', input)
  const id = await inWork(engine.platform, scope, (work) =>
    createImport(engine, work, {
      sources: [{ kind: 'clients', fileId: file.id }],
      settings: { rows: 'valid_only' },
    }),
  )
  const run = await inWork(engine.platform, scope, (work) => findRun(work, id))
  const key = await inWork(engine.platform, scope, (work) => engine.platform.blobs.openKey(work, file.id))
  const bytes = blobSource(engine, key, file.name, file.bytes)
  const read = await passOver(engine, run, bytes, 'read')
  const converted = await passOver(engine, run, bytes, 'convert')
  const encoded = await passOver(engine, run, bytes, 'encode')
  const never = new AbortController().signal
  await inWork(engine.platform, scope, (work) => checkImport(engine, work, id))
  const check = await time(() => runCheck(engine, scope, id, never))
  const { planHash } = await inWork(engine.platform, scope, (work) => findRun(work, id))
  await inWork(engine.platform, scope, (work) => approveImport(work, id, planHash ?? undefined))
  const load = await time(() => runLoad(engine, scope, id, never))
  return { read, convert: converted - read, encode: encoded - converted, check, load }
}

/** Reads the file, and as far as asked converts and encodes its rows. */
function passOver(
  engine: ImportEngine,
  run: ImportRun,
  bytes: ByteSource,
  until: 'read' | 'convert' | 'encode',
): Promise<number> {
  const source = run.sources[0]!
  const mapper = mapperOf(engine.kinds, run, source)
  const out = Buffer.allocUnsafe(1024 * 1024)
  return time(async () => {
    for await (const batch of readRowBatches(bytes, source.reading, { source: 0 })) {
      if (until === 'read') continue
      for (const row of batch.rows) {
        const { values } = mapper.map(row)
        if (until === 'encode') out.write(encodeCells(values))
      }
    }
  })
}

async function time(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await act()
  return (performance.now() - start) / 1000
}

function report(times: Times, statements: ReadonlyMap<string, number>): void {
  const all = times.check + times.load
  const line = (name: string, seconds: number): void =>
    say(`      ${((100 * seconds) / all).toFixed(1).padStart(5)} %  ${name}`)
  line('read (decrypt, decode, cut into cells)', times.read)
  line('convert (map)', times.convert)
  line('encode', times.encode)
  line('check in all: the three above, COPY into staging beside them, and the comparison', times.check)
  line('load in all', times.load)
  say('    of these in statements:')
  const largest = [...statements].sort(([, one], [, other]) => other - one)
  for (const [name, seconds] of largest) if (seconds > all / 500) line(name, seconds)
}
