/**
 * Writes docs/errors.md: every refusal and finding code with its status or severity and its sentences, as the
 * modules declare them. With `--check`, says whether it is fresh.
 */
import { glob, readFile } from 'node:fs/promises'
import { writeOrCheck } from './write-or-check.ts'

type Declaration = { status?: number; severity?: string; en: string; cs: string }
type Family = Readonly<Record<string, Declaration>>

const refusals: Record<string, Declaration> = {}
const findings: Record<string, Declaration> = {}

for await (const path of glob('src/**/*.ts')) {
  if (path.endsWith('.test.ts') || !/= declare(Refusals|Findings)\(/.test(await readFile(path, 'utf8')))
    continue
  const exported = (await import(`../${path}`)) as Record<string, unknown>
  for (const value of Object.values(exported)) {
    const family = (value as { declarations?: Family } | null)?.declarations
    if (family) Object.assign(refusals, family)
    else if (isFindings(value)) Object.assign(findings, value)
  }
}

function isFindings(value: unknown): value is Family {
  if (typeof value !== 'object' || value === null) return false
  const entries = Object.values(value as Record<string, Partial<Declaration> | undefined>)
  return entries.length > 0 && entries.every((entry) => typeof entry?.severity === 'string' && entry.en)
}

const table = (family: Family, second: 'status' | 'severity'): string =>
  [
    `| code | ${second} | English | Czech |`,
    '| --- | --- | --- | --- |',
    ...Object.entries(family)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(
        ([code, of]) =>
          `| \`${code}\` | ${of[second]} | ${of.en.replaceAll('|', '\\|')} | ${of.cs.replaceAll('|', '\\|')} |`,
      ),
  ].join('\n')

await writeOrCheck(
  'docs/errors.md',
  `# Codes

Written by \`scripts/write-errors.ts\` from the declarations in the code; do not edit. A word in braces is a
parameter, given beside the code in every answer.

## Refusals

An expected "no" to a request: problem details (RFC 9457) with \`code\`, \`params\` and the sentence in \`detail\`.

${table(refusals, 'status')}

## Findings

Something to say about a cell, a row or a whole file. An *error* keeps its row out, a *warning* and an *info* do not.

${table(findings, 'severity')}
`,
)
