/**
 * Finds PostgreSQL's programs in the npm package of this platform and makes them fit to run: npm's archives
 * hold no symbolic links, node_modules may be read-only or closed to the database's user. Where the package
 * cannot be used in its place, a copy in the data folder is.
 */
import { type ExecFileException, execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { type PostgresFolder, type SystemUser, statIfThere } from './embedded-postgres-folder.ts'
import { refusePostgres, translateFileError } from './embedded-postgres-refusals.ts'

export type PostgresBinaries = {
  readonly postgres: string
  readonly initdb: string
  /** As `postgres --version` says it: "18.4". */
  readonly version: string
  readonly isCopy: boolean
}

type Package = { readonly native: string; readonly version: string }

/** What PostgreSQL's programs see of our environment: nothing that could change how they work. */
export const programEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const

/** Finds programs that run as this folder's user, copying them into the data folder if there is no other way. */
export async function prepareBinaries(folder: PostgresFolder): Promise<PostgresBinaries> {
  const source = await findPackage()
  const copied = join(folder.binaries, source.version)
  const found = await findBinaries(folder)
  if (found !== null) return found
  if (await linkLibraries(source.native).then(() => true, isUnwritable)) {
    const linked = await probe(source.native, folder.user, false)
    if (typeof linked === 'object') return linked
  }
  try {
    await copyPackage(source, copied, folder.user)
  } catch (error) {
    throw translateFileError(error, folder.root)
  }
  const made = await probe(copied, folder.user, true)
  if (typeof made === 'object') return made
  throw refusePostgres('postgres.cannot_run', { reason: made })
}

/** Programs that run as they are: those of the package, or an earlier copy; null when a copy is needed. */
export async function findBinaries(folder: PostgresFolder): Promise<PostgresBinaries | null> {
  const source = await findPackage()
  for (const [native, isCopy] of [
    [source.native, false],
    [join(folder.binaries, source.version), true],
  ] as const) {
    const found = await probe(native, folder.user, isCopy)
    if (typeof found === 'object') return found
  }
  return null
}

/** Removes copies made by earlier versions; called while no server runs from them. */
export async function removeOldCopies(folder: PostgresFolder, inUse: PostgresBinaries): Promise<void> {
  if ((await statIfThere(folder.binaries)) === null) return
  const kept = inUse.isCopy ? basename(dirname(dirname(inUse.postgres))) : null
  for (const name of await readdir(folder.binaries))
    if (name !== kept) await rm(join(folder.binaries, name), { recursive: true, force: true })
}

async function findPackage(): Promise<Package> {
  const platform = `${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    const top = dirname(dirname(entry))
    const { version } = JSON.parse(await readFile(join(top, 'package.json'), 'utf8')) as { version: string }
    if ((await statIfThere(join(top, 'native', 'bin', 'postgres'))) !== null)
      return { native: join(top, 'native'), version }
  } catch (error) {
    if (!['MODULE_NOT_FOUND', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  throw refusePostgres('postgres.no_package', { platform })
}

/** Runs the server's `--version`; a string says why it cannot be run from there, but perhaps from a copy. */
async function probe(
  native: string,
  user: SystemUser | null,
  isCopy: boolean,
): Promise<PostgresBinaries | string> {
  const [postgres, initdb] = [join(native, 'bin', 'postgres'), join(native, 'bin', 'initdb')]
  if ((await statIfThere(initdb)) === null) return `${initdb} is missing`
  const said = await run(postgres, ['--version'], user)
  if (said.ok) return { postgres, initdb, version: /\d+(?:\.\d+)+/.exec(said.output)?.[0] ?? '', isCopy }
  if (said.code === 'ENOENT')
    throw refusePostgres('postgres.cannot_run', {
      reason: 'it needs the C library glibc 2.28 or newer, which is not here',
    })
  if (user !== null && (said.code === 'EPERM' || said.code === 'EINVAL'))
    throw refusePostgres('postgres.user_not_allowed', { user: user.name })
  const tooOld = /version `(GLIBC\w*_[\d.]+)' not found/.exec(said.output)
  if (tooOld)
    throw refusePostgres('postgres.cannot_run', { reason: `its C library is older than ${tooOld[1]}` })
  if (said.code === 'EACCES') return `the folder ${native} does not allow programs to be run`
  return said.output.trim().split('\n')[0] || `${postgres} ended with ${said.code}`
}

export type Said = { readonly ok: boolean; readonly code: string; readonly output: string }

/** Runs one of PostgreSQL's programs to its end as the given user, in a process group of its own. */
export function run(program: string, args: readonly string[], user: SystemUser | null): Promise<Said> {
  const identity = user === null ? {} : { uid: user.uid, gid: user.gid }
  const options = { env: { ...programEnvironment }, cwd: '/', encoding: 'utf8' as const, ...identity }
  return new Promise((resolve) => {
    const done = (error: ExecFileException | null, out: string, err: string): void =>
      resolve({ ok: error === null, code: `${error?.code ?? ''}`, output: `${out}\n${err}` })
    try {
      execFile(program, [...args], options, done)
    } catch (error) {
      // A system that does not know the user refuses before there is a process.
      const { code, message } = error as NodeJS.ErrnoException
      resolve({ ok: false, code: code ?? '', output: message })
    }
  })
}

/** Makes the links between library names that the package lists; those that are there stay. */
async function linkLibraries(native: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      // The packages for macOS may have none to make.
      if (error.code === 'ENOENT') return '[]'
      throw error
    },
  )
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = join(dirname(native), target.replace(/^native\//, `${basename(native)}/`))
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

function isUnwritable(error: unknown): false {
  if (['EROFS', 'EACCES', 'EPERM', 'ENOSPC'].includes((error as NodeJS.ErrnoException).code ?? ''))
    return false
  throw error
}

/** Copies under a name of our own and renames: a copy that was interrupted is never mistaken for a whole one. */
async function copyPackage(source: Package, target: string, user: SystemUser | null): Promise<void> {
  const draft = `${target}.new-${randomBytes(4).toString('hex')}`
  await mkdir(dirname(target), { recursive: true })
  await chmod(dirname(target), 0o755)
  try {
    await cp(source.native, draft, {
      recursive: true,
      verbatimSymlinks: true,
      // Static libraries and headers are for compiling against PostgreSQL.
      filter: (path) => !path.endsWith('.a') && basename(path) !== 'pkgconfig',
    })
    await linkLibraries(draft)
    if (user !== null) await openToAll(draft)
    await rm(target, { recursive: true, force: true })
    await rename(draft, target)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** A strict umask at install time leaves files that only their owner can read. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const isProgram = entry.isDirectory() || basename(entry.parentPath) === 'bin'
    await chmod(path, isProgram ? 0o755 : 0o644)
  }
}
