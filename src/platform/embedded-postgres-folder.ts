/**
 * Where the embedded database lives in the data folder, which system user owns it, and how its files are
 * written: never through a link that the unprivileged owner of the database could have planted.
 */
import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, chown, lstat, mkdir, mkdtemp, open, readFile, realpath, rename, stat } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { refusePostgres, translateFileError } from './embedded-postgres-refusals.ts'
import { fitsSocket } from './embedded-postgres-settings.ts'

export type SystemUser = { readonly uid: number; readonly gid: number; readonly name: string }

export type PostgresFolder = {
  /** The data folder of Carryover, without symbolic links. */
  readonly root: string
  /** Private to the database's user: the cluster, its password, its socket. */
  readonly cluster: string
  readonly data: string
  readonly password: string
  readonly settings: string
  readonly log: string
  readonly owner: string
  readonly socketRecord: string
  readonly binaries: string
  /** Short name of this folder; stands in the title of every process of its server. */
  readonly name: string
  /** Whom PostgreSQL runs as; null: as ourselves. */
  readonly user: SystemUser | null
}

/** The data folder when none is named: `/var/lib/carryover` for root, else `~/.local/share/carryover`. */
export function defaultDataDir(): string {
  return process.getuid?.() === 0 ? '/var/lib/carryover' : join(homedir(), '.local', 'share', 'carryover')
}

/** Makes the data folder if it is missing and settles whom the database belongs to. */
export async function openPostgresFolder(dataDir: string): Promise<PostgresFolder> {
  const wanted = resolve(dataDir)
  try {
    // Root's folder may be passed through by the database's user, but not listed.
    await makeFolder(wanted, process.getuid?.() === 0 ? 0o711 : 0o700)
    const folder = await locatePostgresFolder(wanted)
    if (folder.user !== null) await openTheWay(folder.root, folder.user)
    return folder
  } catch (error) {
    throw translateFileError(error, wanted)
  }
}

/** Node's own `recursive` never returns where a file system takes no folders (seen on /proc, Node 24). */
async function makeFolder(path: string, mode: number): Promise<void> {
  const found = await statIfThere(path)
  if (found?.isDirectory()) return
  if (found === null && dirname(path) !== path) await makeFolder(dirname(path), mode)
  await mkdir(path, { mode }).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      throw refusePostgres('postgres.folder_not_writable', {
        folder: path,
        reason: 'no folder can be made there',
      })
    // Another process was faster.
    if (error.code !== 'EEXIST' || !(await statIfThere(path))?.isDirectory()) throw error
  })
}

/** The same for a folder that is there, changing nothing. */
export async function locatePostgresFolder(dataDir: string): Promise<PostgresFolder> {
  const root = await realpath(resolve(dataDir))
  const cluster = join(root, 'postgres')
  return {
    root,
    cluster,
    data: join(cluster, 'data'),
    password: join(cluster, 'superuser.json'),
    settings: join(root, 'postgres.conf'),
    log: join(root, 'postgres.log'),
    owner: join(root, 'postgres-owner.json'),
    socketRecord: join(root, 'postgres-socket'),
    binaries: join(root, 'postgres-binaries'),
    name: `carryover-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`,
    user: process.getuid?.() === 0 ? await chooseUser(root, cluster) : null,
  }
}

/** As root: whoever owns the database already, or the folder; else `carryover`, else `nobody`. */
async function chooseUser(root: string, cluster: string): Promise<SystemUser> {
  const accounts = await readAccounts()
  for (const path of [cluster, root]) {
    const found = await statIfThere(path)
    if (found !== null && found.uid !== 0)
      return {
        uid: found.uid,
        gid: found.gid,
        name: accounts.find((a) => a.uid === found.uid)?.name ?? `#${found.uid}`,
      }
  }
  const named = (name: string) => accounts.find((account) => account.name === name && account.uid !== 0)
  return named('carryover') ?? named('nobody') ?? { uid: 65534, gid: 65534, name: 'nobody' }
}

async function readAccounts(): Promise<SystemUser[]> {
  const text = await readFile('/etc/passwd', 'utf8')
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    // macOS writes nobody as -2, and chown wants it unsigned.
    return name && uid && gid ? [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }] : []
  })
}

/** PostgreSQL's user must be able to pass through every folder above the database; our own we open ourselves. */
async function openTheWay(root: string, user: SystemUser): Promise<void> {
  const own = await stat(root)
  if (!mayPass(own, user) && own.uid === 0) await chmod(root, (own.mode & 0o7777) | 0o001)
  const ancestor = await findClosedFolder(root, user)
  if (ancestor !== null)
    throw refusePostgres('postgres.folder_unreachable', { folder: root, ancestor, user: user.name })
}

/** The topmost folder on the way to `path` that this user cannot pass, or null. */
export async function findClosedFolder(path: string, user: SystemUser): Promise<string | null> {
  const above = dirname(path)
  const closed = above === path ? null : await findClosedFolder(above, user)
  if (closed !== null) return closed
  return mayPass(await stat(path), user) ? null : path
}

function mayPass(folder: { mode: number; uid: number; gid: number }, user: SystemUser): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0
  return (folder.mode & 0o001) !== 0
}

/**
 * A folder for the socket, short enough for the system: beside the database, or a private one under the
 * temporary folder, remembered so that the next start takes it again.
 */
export async function chooseSocketDir(folder: PostgresFolder): Promise<string> {
  if (fitsSocket(folder.cluster)) return folder.cluster
  const uid = folder.user?.uid ?? process.getuid?.() ?? 0
  const known = await readTextIfThere(folder.socketRecord)
  if (known !== null && (await isPrivateFolder(known, uid))) return known
  const refused: string[] = []
  for (const place of [`/run/user/${uid}`, tmpdir(), '/tmp', '/run']) {
    const usable = await statIfThere(place)
    const reachable =
      folder.user === null || (usable !== null && (await findClosedFolder(place, folder.user)) === null)
    if (!usable?.isDirectory() || !reachable || !fitsSocket(join(place, 'carryover-XXXXXX'))) continue
    const made = await mkdtemp(join(place, 'carryover-')).catch((error: NodeJS.ErrnoException) => {
      refused.push(`${place}: ${error.code ?? error.message}`)
      return null
    })
    if (made === null) continue
    if (folder.user !== null) await chown(made, folder.user.uid, folder.user.gid)
    await replaceFile(folder.socketRecord, made, { mode: 0o600, like: folder.root })
    return made
  }
  throw refusePostgres('postgres.folder_not_writable', {
    folder: folder.root,
    reason: ['its path is too long for a socket, and no temporary folder is free for it', ...refused].join(
      '; ',
    ),
  })
}

async function isPrivateFolder(path: string, uid: number): Promise<boolean> {
  const found = await lstat(path).catch(nullIfMissing)
  return found !== null && found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0
}

/** Writes a file in one step: readers see the old one or the new one whole. */
export async function replaceFile(
  path: string,
  text: string,
  access: { mode: number; like?: string; user?: SystemUser | null },
): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', access.mode)
  try {
    await file.chmod(access.mode)
    // As root in somebody's own folder, the files stay theirs.
    const owner = access.user ?? (access.like === undefined ? null : await stat(access.like))
    if (owner && process.getuid?.() === 0) await file.chown(owner.uid, owner.gid)
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

/** Opens the server's log for appending; a log beyond `bound` bytes becomes the one previous log. */
export async function openLog(
  folder: PostgresFolder,
): Promise<{ fd: number; size: number; close(): Promise<void> }> {
  await boundLog(folder)
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW
  const file = await open(folder.log, flags, 0o600)
  return { fd: file.fd, size: (await file.stat()).size, close: () => file.close() }
}

const logBound = 8 * 1024 * 1024

/** The running server appends to the open file, so the log is copied and emptied instead of renamed. */
export async function boundLog(folder: PostgresFolder): Promise<void> {
  const found = await statIfThere(folder.log)
  if (found === null || found.size <= logBound) return
  const file = await open(folder.log, constants.O_RDWR | constants.O_NOFOLLOW)
  try {
    const tail = Buffer.alloc(logBound)
    const { bytesRead } = await file.read(tail, 0, logBound, found.size - logBound)
    await replaceFile(`${folder.log}.1`, tail.toString('utf8', 0, bytesRead), {
      mode: 0o600,
      like: folder.root,
    })
    await file.truncate(0)
  } finally {
    await file.close()
  }
}

export async function readTextIfThere(path: string): Promise<string | null> {
  return await readFile(path, 'utf8').catch(nullIfMissing)
}

export async function statIfThere(path: string) {
  return await stat(path).catch(nullIfMissing)
}

function nullIfMissing(error: unknown): null {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'ENOENT' || code === 'ENOTDIR') return null
  throw error
}
