/** Texts in many code pages: right when the detected encoding gives exactly the expected text. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
// Deeper than the door: these are texts, not tables, and the door gives rows.
import { detectEncoding } from '../../src/tabular/encoding.ts'
import { decodeSlice } from '../../src/tabular/text-decoder.ts'
import { judgeAll, type Suite } from './suite.ts'

type Expected = {
  readonly files: Readonly<Record<string, { python_codec: string; sha256_of_utf8_text: string }>>
}

/** As much as the reader looks at before it decides. */
const SAMPLE_BYTES = 1024 * 1024

export const encodingSuites: readonly Suite[] = [
  {
    name: 'encodings',
    needs: 'encodings/expected.json',
    async run(dir) {
      const folder = join(dir, 'encodings')
      const text = await readFile(join(folder, 'expected.json'), 'utf8')
      const { files } = JSON.parse(text) as Expected
      const verdicts = await judgeAll(
        Object.entries(files).sort(),
        ([name]) => name,
        async ([name, wanted]) => {
          const bytes = await readFile(join(folder, name))
          const head = bytes.subarray(0, SAMPLE_BYTES)
          const found = await detectEncoding(head, head.length === bytes.length)
          const decoded = decodeSlice(bytes.subarray(found.bomLength), found.encoding, true)
          const hash = createHash('sha256')
            .update(decoded.replace(/^\ufeff+/, ''), 'utf8')
            .digest('hex')
          if (hash === wanted.sha256_of_utf8_text) return null
          return `${found.encoding} instead of ${wanted.python_codec}`
        },
      )
      const value = verdicts.right / verdicts.files
      return { suite: 'encodings', ...verdicts, scores: [{ name: 'exact text', value, target: 0.985 }] }
    },
  },
]
