/**
 * Makes the database folder with `initdb`. The cluster and its password come into being under a name of their
 * own and are put in place by one rename: a start that is killed leaves nothing half made, and of two at the
 * same moment one wins and the other finds its result.
 */
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type PostgresFolder, readTextIfThere, replaceFile, statIfThere } from './embedded-postgres-folder.ts'
import { readProcess } from './embedded-postgres-processes.ts'
import { refusePostgres, translateFileError, translateOutput } from './embedded-postgres-refusals.ts'
import { type PostgresBinaries, run } from './postgres-binaries.ts'

export type Superuser = { readonly user: string; readonly password: string }

const superuserName = 'postgres'

/** The password kept beside the cluster, or null when there is no cluster yet. */
export async function readSuperuser(folder: PostgresFolder): Promise<Superuser | null> {
  try {
    const text = await readTextIfThere(folder.password)
    if (text !== null) return JSON.parse(text) as Superuser
    const missing = (await statIfThere(folder.cluster)) !== null ? folder.password : null
    if (missing !== null) throw refusePostgres('postgres.folder_damaged', { folder: folder.cluster, missing })
    return null
  } catch (error) {
    if (['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw refusePostgres('postgres.folder_of_other_user', { folder: folder.root })
    throw error
  }
}

/** The major version that made the cluster, as its PG_VERSION says. */
export async function readClusterVersion(folder: PostgresFolder): Promise<string | null> {
  return (await readTextIfThere(join(folder.data, 'PG_VERSION')))?.trim() ?? null
}

export async function createCluster(folder: PostgresFolder, binaries: PostgresBinaries): Promise<void> {
  await removeAbandonedDrafts(folder)
  const draft = `${folder.cluster}.new-${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    await mkdir(draft, { mode: 0o700 })
    if (folder.user !== null) await chown(draft, folder.user.uid, folder.user.gid)
    await initialise(folder, binaries, draft)
    await rename(draft, folder.cluster)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    // Another process was faster: its cluster is the one.
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw translateFileError(error, folder.root)
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function initialise(folder: PostgresFolder, binaries: PostgresBinaries, draft: string): Promise<void> {
  const superuser: Superuser = { user: superuserName, password: randomBytes(24).toString('base64url') }
  const access = { mode: 0o600, user: folder.user }
  // initdb takes a password from a file only; this one lies in the database user's private folder for a second.
  const passwordFile = join(draft, 'initdb-password')
  await replaceFile(passwordFile, `${superuser.password}\n`, access)
  const args = [
    ['-D', join(draft, 'data'), '-U', superuser.user, `--pwfile=${passwordFile}`],
    ['--auth=scram-sha-256', '--encoding=UTF8', '--data-checksums', '--no-instructions'],
    ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ].flat()
  const said = await run(binaries.initdb, args, folder.user)
  await rm(passwordFile, { force: true })
  if (!said.ok && ['EPERM', 'EINVAL'].includes(said.code) && folder.user !== null)
    throw refusePostgres('postgres.user_not_allowed', { user: folder.user.name })
  if (said.ok)
    return await replaceFile(join(draft, 'superuser.json'), `${JSON.stringify(superuser)}\n`, access)
  await replaceFile(folder.log, said.output, { mode: 0o600, like: folder.root })
  throw translateOutput(said.output, folder.root, folder.log)
}

/** Drafts of processes that were killed while they made them. */
async function removeAbandonedDrafts(folder: PostgresFolder): Promise<void> {
  for (const name of await readdir(folder.root)) {
    const maker = /^postgres\.new-(\d+)-[0-9a-f]+$/.exec(name)?.[1]
    if (maker === undefined || (await readProcess(Number(maker))) !== null) continue
    await rm(join(folder.root, name), { recursive: true, force: true, maxRetries: 3 })
  }
}
