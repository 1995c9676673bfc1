/** Delimiter and quote of three sets of files, as somebody wrote them down by hand. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { detectReading, fileSource } from '../../src/tabular/tabular.ts'
import { brief, judgeAll, type Suite } from './suite.ts'

type Truth = {
  readonly path: string
  readonly delimiter: string | null
  readonly quotechar: string | null
}

const targets = { pollock_mixed: 0.98, w3c_csvw: 0.99, csv_wrangling: 0.93 } as const

export const dialectSuites: readonly Suite[] = Object.entries(targets).map(([set, target]) => ({
  name: `dialect/${set}`,
  needs: `dialect/${set}/ground_truth.json`,
  async run(dir) {
    const folder = join(dir, 'dialect', set)
    const text = await readFile(join(folder, 'ground_truth.json'), 'utf8')
    const { files } = JSON.parse(text) as { files: Record<string, Truth> }
    const verdicts = await judgeAll(
      Object.entries(files),
      ([name]) => name,
      ([, truth]) => judge(folder, truth),
    )
    const value = verdicts.right / verdicts.files
    return { suite: `dialect/${set}`, ...verdicts, scores: [{ name: 'right', value, target }] }
  },
}))

/** No quote stands for the double quote: nobody can tell them apart in a file without one. */
async function judge(folder: string, { path, delimiter, quotechar }: Truth): Promise<string | null> {
  const reading = await detectReading(await fileSource(join(folder, path)))
  const found = [reading.delimiter, reading.quote ?? '"']
  const wanted = [delimiter, quotechar || '"']
  return String(found) === String(wanted)
    ? null
    : `delimiter and quote ${brief(found)} instead of ${brief(wanted)}`
}
