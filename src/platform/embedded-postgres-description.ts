/** What `carryover doctor` says about the embedded PostgreSQL of a data folder. Looks, and changes nothing. */
import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { readClusterVersion, readSuperuser } from './embedded-postgres-cluster.ts'
import {
  findClosedFolder,
  locatePostgresFolder,
  type PostgresFolder,
  type SystemUser,
  statIfThere,
} from './embedded-postgres-folder.ts'
import { readOwner } from './embedded-postgres-owner.ts'
import { findPostmaster } from './embedded-postgres-postmaster.ts'
import { refusePostgres } from './embedded-postgres-refusals.ts'
import { connect } from './embedded-postgres-server.ts'
import { findBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { Refusal } from './refusal.ts'

export type EmbeddedPostgresDescription = {
  readonly dataDir: string
  readonly isInitialised: boolean
  /** Major version of the cluster, "18"; null when there is none yet. */
  readonly clusterVersion: string | null
  /** Whom PostgreSQL runs as when we are root; null: as ourselves. */
  readonly user: SystemUser | null
  /** Null also when the programs have to be copied first, which the next start does. */
  readonly binaries: PostgresBinaries | null
  /** Version null: it runs, but does not answer (yet). */
  readonly server: {
    readonly pid: number
    readonly version: string | null
    readonly socketDir: string | null
  } | null
  /** The living process that will stop the server. */
  readonly owner: { readonly pid: number } | null
  readonly freeBytes: number
  readonly log: string | null
  /** What would keep the server from starting, as sentences with what to do. */
  readonly problems: readonly Refusal[]
}

const leastFreeBytes = 200 * 1024 * 1024

export async function describeEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgresDescription> {
  const problems: Refusal[] = []
  const note = async <T>(question: Promise<T>): Promise<T | null> => {
    try {
      return await question
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.push(error)
      return null
    }
  }
  const wanted = resolve(dataDir)
  const existing = await nearestExisting(wanted)
  const disk = await statfs(existing)
  const freeBytes = disk.bavail * disk.bsize
  const folder = await locatePostgresFolder(existing)
  const isThere = existing === wanted
  const superuser = isThere ? await note(readSuperuser(folder)) : null
  const postmaster = isThere ? await findPostmaster(folder) : null
  const answer = superuser === null || postmaster === null ? null : await note(connect(folder, superuser))
  const ready = answer?.kind === 'ready' ? answer.server : null
  await ready?.keeper.end()
  if (postmaster === null && freeBytes < leastFreeBytes)
    problems.push(refusePostgres('postgres.disk_full', { folder: wanted }))
  await note(refuseClosedFolder(folder, isThere))
  const server = postmaster && {
    pid: postmaster.pid,
    version: ready?.version ?? null,
    socketDir: ready?.socketDir ?? null,
  }
  return {
    dataDir: wanted,
    isInitialised: superuser !== null,
    clusterVersion: isThere ? await readClusterVersion(folder) : null,
    user: folder.user,
    binaries: await note(findBinaries(folder)),
    server,
    owner: isThere ? await readOwner(folder) : null,
    freeBytes,
    log: (await statIfThere(folder.log)) === null ? null : folder.log,
    problems,
  }
}

async function nearestExisting(path: string): Promise<string> {
  return (await statIfThere(path)) === null ? await nearestExisting(dirname(path)) : path
}

/** The data folder itself is opened by the start; the folders above it are not ours to open. */
async function refuseClosedFolder(folder: PostgresFolder, isThere: boolean): Promise<void> {
  if (folder.user === null) return
  const above = isThere ? dirname(folder.root) : folder.root
  const ancestor = await findClosedFolder(above, folder.user)
  if (ancestor !== null)
    throw refusePostgres('postgres.folder_unreachable', {
      folder: folder.root,
      ancestor,
      user: folder.user.name,
    })
}
