/**
 * Settings of an installation, from the command line and the environment. The only reader of `process.env`.
 * The master key is `CARRYOVER_KEY` (32 bytes, base64) or a file that is made once in the data folder.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultDataDir } from './embedded-postgres.ts'
import { declareRefusals } from './refusal.ts'
import { type MasterKey, openMasterKey } from './sealing.ts'

export const refuseConfig = declareRefusals({
  'config.bad_port': {
    status: 422,
    en: 'CARRYOVER_PORT is {value}; give a number from 0 to 65535.',
    cs: 'CARRYOVER_PORT je {value}; zadejte číslo od 0 do 65535.',
  },
  'config.bad_hours': {
    status: 422,
    en: 'CARRYOVER_UPLOAD_HOURS is {value}; give a number of hours above 0.',
    cs: 'CARRYOVER_UPLOAD_HOURS je {value}; zadejte počet hodin větší než 0.',
  },
  'config.bad_key': {
    status: 422,
    en: 'CARRYOVER_KEY must be 32 bytes in base64; the given one has {bytes}.',
    cs: 'CARRYOVER_KEY musí mít 32 bajtů v base64; zadaný má {bytes}.',
  },
})

export type Config = {
  readonly dataDir: string
  /** Null: the embedded PostgreSQL of the data folder. */
  readonly databaseUrl: string | null
  readonly host: string
  readonly port: number
  /** The address that people use, for links in mail and the Origin check; null: derived from host and port. */
  readonly publicUrl: string | null
  readonly logLevel: string
  /** Trust X-Forwarded-* of a reverse proxy in front. */
  readonly trustProxy: boolean
  /** After so many hours an upload that nobody goes on with, or that no import uses, is erased. */
  readonly uploadHours: number
}

export type ConfigOverrides = {
  dataDir?: string | undefined
  port?: number | undefined
  host?: string | undefined
}

export function readConfig(overrides: ConfigOverrides = {}, env: NodeJS.ProcessEnv = process.env): Config {
  return {
    dataDir: overrides.dataDir ?? env['CARRYOVER_DATA'] ?? defaultDataDir(),
    databaseUrl: env['DATABASE_URL'] || null,
    host: overrides.host ?? env['CARRYOVER_HOST'] ?? '127.0.0.1',
    port: overrides.port ?? readPort(env['CARRYOVER_PORT']),
    publicUrl: env['CARRYOVER_URL'] || null,
    logLevel: env['CARRYOVER_LOG'] ?? 'warn',
    trustProxy: env['CARRYOVER_TRUST_PROXY'] === '1',
    uploadHours: readHours(env['CARRYOVER_UPLOAD_HOURS']),
  }
}

function readPort(text: string | undefined): number {
  const port = Number(text ?? 4000)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw refuseConfig('config.bad_port', { value: text ?? '' })
  return port
}

const defaultUploadHours = 48

function readHours(text: string | undefined): number {
  const hours = text === undefined ? defaultUploadHours : Number(text)
  if (!(hours > 0 && hours < 1_000_000)) throw refuseConfig('config.bad_hours', { value: text ?? '' })
  return hours
}

/** Reads the master key, making it on the first start. Losing it makes kept files and secrets unreadable. */
export function readMasterKey(config: Config, env: NodeJS.ProcessEnv = process.env): MasterKey {
  const given = env['CARRYOVER_KEY']
  if (given) {
    const bytes = Buffer.from(given, 'base64')
    if (bytes.length !== 32) throw refuseConfig('config.bad_key', { bytes: bytes.length })
    return openMasterKey(bytes)
  }
  mkdirSync(config.dataDir, { recursive: true })
  const path = join(config.dataDir, 'master.key')
  if (!existsSync(path)) {
    const draft = `${path}.${randomBytes(6).toString('hex')}`
    writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
    try {
      // A link appears whole or not at all, so another process never reads half a key.
      linkSync(draft, path)
    } catch (cause) {
      // Another process of this folder was faster: its key is the one.
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    } finally {
      unlinkSync(draft)
    }
  }
  return openMasterKey(Buffer.from(readFileSync(path, 'utf8'), 'base64'))
}
