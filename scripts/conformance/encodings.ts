/**
 * Texts in many code pages. Right: decoding with the detected encoding gives the expected text. Where only the
 * tables of two decoders of the same code page disagree about a sign, the detection is right and it is said.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
// Deeper than the door: these are texts, not tables, and the door gives rows.
import { detectEncoding, encodingNamed } from '../../src/tabular/encoding.ts'
import { decodeSlice } from '../../src/tabular/text-decoder.ts'
import { judgeAll, type Suite } from './suite.ts'

type Wanted = { readonly python_codec: string; readonly sha256_of_utf8_text: string }
type Expected = { readonly files: Readonly<Record<string, Wanted>> }

/** As much as the reader looks at before it decides. */
const SAMPLE_BYTES = 1024 * 1024
export const SAME_PAGE = 'the right code page, whose tables differ in a sign'

export const encodingSuites: readonly Suite[] = [
  {
    name: 'encodings',
    needs: 'encodings/expected.json',
    async run(dir) {
      const folder = join(dir, 'encodings')
      const text = await readFile(join(folder, 'expected.json'), 'utf8')
      const { files } = JSON.parse(text) as Expected
      const verdicts = await judgeAll(
        Object.entries(files),
        ([name]) => name,
        async ([name, wanted]) => judge(await readFile(join(folder, name)), wanted),
      )
      const samePage = verdicts.differences.filter(({ what }) => what.startsWith(SAME_PAGE)).length
      const scores = [
        { name: 'encoding', value: (verdicts.right + samePage) / verdicts.files, target: 0.985 },
        { name: 'same bytes of text', value: verdicts.right / verdicts.files, target: null },
      ]
      return { suite: 'encodings', ...verdicts, scores }
    },
  },
]

async function judge(bytes: Buffer, wanted: Wanted): Promise<string | null> {
  const head = bytes.subarray(0, SAMPLE_BYTES)
  const found = await detectEncoding(head, head.length === bytes.length)
  const decoded = decodeSlice(bytes.subarray(found.bomLength), found.encoding, true)
  const hash = createHash('sha256')
    .update(decoded.replace(/^\ufeff+/, ''), 'utf8')
    .digest('hex')
  if (hash === wanted.sha256_of_utf8_text) return null
  const codec = wanted.python_codec.replace(/^(euc|tis|mac|koi8)_/, '$1-')
  if (encodingNamed(codec) === found.encoding) return `${SAME_PAGE} (${found.encoding})`
  return `${found.encoding} instead of ${wanted.python_codec}`
}
