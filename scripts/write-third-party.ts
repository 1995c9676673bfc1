/**
 * Writes THIRD-PARTY.md: every package that an installation runs with, directly or through others, with its
 * version and licence, read from the lock file and the packages themselves. Fails on a licence that nobody has
 * accepted yet.
 */
import { readFile } from 'node:fs/promises'
import { writeOrCheck } from './write-or-check.ts'

type Locked = {
  version?: string
  license?: string
  dev?: boolean
  optional?: boolean
  devOptional?: boolean
  link?: boolean
}

const accepted = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Python-2.0',
  'Unlicense',
  '(MIT OR CC0-1.0)',
  '(MIT AND Zlib)',
  'PostgreSQL',
])

const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }
const direct = new Set(
  Object.entries(JSON.parse(await readFile('package.json', 'utf8')) as Record<string, Record<string, string>>)
    .filter(([name]) => name === 'dependencies' || name === 'optionalDependencies')
    .flatMap(([, packages]) => Object.keys(packages)),
)

type Party = { name: string; version: string; licence: string; isDirect: boolean }
const parties: Party[] = []
for (const [path, locked] of Object.entries(lock.packages)) {
  if (path === '' || locked.dev || locked.link) continue
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  parties.push({
    name,
    version: locked.version ?? '?',
    licence: locked.license ?? 'unknown',
    isDirect: direct.has(name),
  })
}
// What the built interface is made of travels with it, though it is installed for the build only.
const web = [
  'react',
  'react-dom',
  'scheduler',
  '@mantine/core',
  '@mantine/hooks',
  '@tanstack/react-router',
  '@tanstack/react-query',
  'react-i18next',
  'tus-js-client',
]
for (const name of web) {
  const locked = lock.packages[`node_modules/${name}`]
  if (locked)
    parties.push({
      name,
      version: locked.version ?? '?',
      licence: locked.license ?? 'unknown',
      isDirect: true,
    })
}
const unique = [
  ...new Map(parties.map((party) => [`${party.name}@${party.version}`, party])).values(),
].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1))
const refused = unique.filter((party) => !accepted.has(party.licence))
if (refused.length > 0) {
  process.stderr.write(
    `Licences that nobody has accepted yet:\n${refused.map((of) => `  ${of.name} ${of.version}: ${of.licence}\n`).join('')}`,
  )
  process.exitCode = 1
}
const table = (rows: readonly Party[]): string =>
  `| package | version | licence |\n| --- | --- | --- |\n${rows.map((of) => `| ${of.name} | ${of.version} | ${of.licence} |\n`).join('')}`
await writeOrCheck(
  'THIRD-PARTY.md',
  `# Third parties

Carryover is under the MIT licence (LICENSE). It runs with the packages below, under their own licences; their
texts lie in \`node_modules/<package>\`. Packages for other operating systems are listed too. The embedded
PostgreSQL binaries are under the PostgreSQL Licence, the Node binaries under the MIT licence with the parts that
Node lists in its own LICENSE file. This page is written by \`scripts/write-third-party.ts\` and compared by
\`npm run check\`.

## Direct

${table(unique.filter((of) => of.isDirect))}
## Through others

${table(unique.filter((of) => !of.isDirect))}`,
)
