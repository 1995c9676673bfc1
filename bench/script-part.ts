/** The import against the script that a developer would write, over the same rows. */
import { join } from 'node:path'
import { writeClientsFile } from './clients-file.ts'
import type { Installation } from './installation.ts'
import { type BenchSize, grouped, median, reportFigure, say } from './report.ts'
import { keepImported, requireSameValues, runScript } from './script.ts'
import { importFile } from './street.ts'

export async function runScriptPart(installation: Installation, size: BenchSize): Promise<void> {
  const { rows } = size
  say(`\nThe same ${grouped(rows)} rows by the script that a developer would write, ${size.rounds} rounds`)
  const path = join(installation.folder, `script-${rows}.csv`)
  await writeClientsFile(path, rows)
  const program = await installation.startProgram()
  try {
    const ratios: number[] = []
    for (let at = 0; at <= size.rounds; at += 1) {
      await installation.settle()
      const { seconds } = await importFile(program, path)
      if (at === 0) await keepImported(installation)
      await installation.settle()
      const script = await runScript(installation, path, program.org)
      if (at === 0) await requireSameValues(installation)
      const ours = seconds.receive + seconds.create + seconds.check + seconds.load
      // The first round warms both up.
      if (at > 0) ratios.push(script.seconds / ours)
      say(
        `      ${at === 0 ? 'warm-up' : `round ${at}`}: import ${ours.toFixed(1)} s, script ${script.seconds.toFixed(1)} s`,
      )
    }
    reportFigure('faster than the script', median(ratios), '×', { least: 3 })
  } finally {
    await program.stop()
  }
}
