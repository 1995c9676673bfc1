/**
 * `npm run check`: format, type-aware lint, types of server and web, floor plan, unused code, and whether
 * what is generated is fresh. Runs all of them, says which failed, and exits 1 if any did.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const bin = 'node_modules/.bin/'
const checks = [
  ['format', [`${bin}biome`, 'ci', '--linter-enabled=false', '.']],
  ['lint', [`${bin}oxlint`, '--type-aware', '--deny-warnings', 'src', 'tests', 'bench', 'scripts', 'web']],
  ['types', [`${bin}tsc`, '-p', 'tsconfig.json']],
  ['types of the web', [`${bin}tsc`, '-p', 'web/tsconfig.json']],
  [
    'floor plan',
    [`${bin}depcruise`, '--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', 'web'],
  ],
  ['unused code', [`${bin}knip`]],
  ['third parties', [process.execPath, 'scripts/write-third-party.ts', '--check']],
  ['OpenAPI', [process.execPath, 'scripts/write-openapi.ts', '--check']],
  ['error codes', [process.execPath, 'scripts/write-errors.ts', '--check']],
  ['schema', [process.execPath, 'scripts/write-schema.ts', '--check']],
]

// The tools start with `env node`: the Node of the project must be the one they find.
const env = { ...process.env, PATH: `${process.cwd()}/node_modules/.bin:${process.env.PATH}` }
const wanted = process.argv.slice(2)
const failed = []
for (const [name, [command, ...args]] of checks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const script = command === process.execPath ? args[0] : null
  if (script && !existsSync(script)) {
    process.stdout.write(`missing ${name}: ${script}\n`)
    failed.push(name)
    continue
  }
  const started = process.hrtime.bigint()
  const ran = spawnSync(command === process.execPath ? 'node' : command, args, {
    encoding: 'utf8',
    env,
    maxBuffer: 256 * 1024 * 1024,
  })
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const isGood = ran.status === 0
  process.stdout.write(`${isGood ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)\n`)
  if (isGood) continue
  failed.push(name)
  process.stdout.write(`${ran.stdout}${ran.stderr}`.trimEnd().split('\n').slice(-80).join('\n'))
  process.stdout.write('\n')
}
if (failed.length > 0) {
  process.stdout.write(`\n${failed.length} of ${checks.length} checks failed: ${failed.join(', ')}\n`)
  process.exitCode = 1
}
