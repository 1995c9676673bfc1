/** What doctor says of the machine: the Node that runs, the data folder, the master key, the built interface. */
import { constants, existsSync } from 'node:fs'
import { access, readFile, stat, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../platform/config.ts'
import type { Language } from '../platform/refusal.ts'
import type { Diagnosis } from './diagnosis.ts'
import { bytesText } from './output.ts'
import { findRunning } from './running.ts'

const page = fileURLToPath(new URL('../../dist/web/index.html', import.meta.url))
const littleSpace = 2_000_000_000

export async function checkMachine(config: Config, language: Language): Promise<Diagnosis[]> {
  const isCzech = language === 'cs'
  return [
    { name: 'Node', state: 'ok', says: `${process.versions.node} (${process.execPath})` },
    await checkFolder(config, isCzech),
    await checkKey(config, isCzech),
    checkWeb(isCzech),
    await checkRunning(config, isCzech),
  ]
}

async function checkFolder({ dataDir }: Config, isCzech: boolean): Promise<Diagnosis> {
  const name = isCzech ? 'Datová složka' : 'Data folder'
  const wanted = resolve(dataDir)
  const isThere = existsSync(wanted)
  const at = nearestExisting(wanted)
  const disk = await statfs(at)
  const free = disk.bavail * disk.bsize
  const space = bytesText(free, isCzech ? 'cs' : 'en')
  const says = isCzech ? `${wanted}, volno ${space}` : `${wanted}, ${space} free`
  if (!(await mayWrite(at)))
    return {
      name,
      state: 'problem',
      says,
      advice: isCzech
        ? 'Nelze do ní zapisovat. Povolte zápis, nebo zvolte jinou pomocí --data či CARRYOVER_DATA.'
        : 'It cannot be written. Make it writable, or choose another one with --data or CARRYOVER_DATA.',
    }
  if (free < littleSpace)
    return {
      name,
      state: 'warning',
      says,
      advice: isCzech
        ? 'Místa je málo: velký import potřebuje několikanásobek velikosti souboru.'
        : 'There is little space: a large import needs several times the size of its file.',
    }
  if (isThere) return { name, state: 'ok', says }
  return {
    name,
    state: 'ok',
    says: isCzech ? `${says} (vznikne při spuštění)` : `${says} (made by the first start)`,
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path))
}

async function mayWrite(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  )
}

async function checkKey({ dataDir }: Config, isCzech: boolean): Promise<Diagnosis> {
  const name = isCzech ? 'Hlavní klíč' : 'Master key'
  const path = join(dataDir, 'master.key')
  const { readMasterKey } = await import('../platform/config.ts')
  if (!existsSync(path)) {
    const says = isCzech ? `${path} (vznikne při spuštění)` : `${path} (made by the first start)`
    // A data folder with a database but without its key: kept files and secrets cannot be read.
    if (!existsSync(join(dataDir, 'postgres'))) return { name, state: 'ok', says }
    return {
      name,
      state: 'warning',
      says: isCzech ? `${path} chybí` : `${path} is missing`,
      advice: isCzech
        ? 'Je-li klíč v CARRYOVER_KEY, je to v pořádku; jinak jej vraťte ze zálohy, bez něj nelze číst uložené soubory.'
        : 'That is right when CARRYOVER_KEY holds it; otherwise put it back from a backup, without it kept files cannot be read.',
    }
  }
  try {
    const { mode } = await stat(path)
    await readFile(path)
    readMasterKey({ dataDir } as Config)
    if ((mode & 0o077) === 0) return { name, state: 'ok', says: path }
    return {
      name,
      state: 'warning',
      says: path,
      advice: isCzech
        ? `Mohou jej číst i jiní uživatelé. Spusťte: chmod 600 ${path}`
        : `Other users may read it. Run: chmod 600 ${path}`,
    }
  } catch (error) {
    return {
      name,
      state: 'problem',
      says: `${path}: ${(error as Error).message}`,
      advice: isCzech ? 'Vraťte jej ze zálohy.' : 'Put it back from a backup.',
    }
  }
}

function checkWeb(isCzech: boolean): Diagnosis {
  const name = isCzech ? 'Webové rozhraní' : 'Web interface'
  if (existsSync(page)) return { name, state: 'ok', says: isCzech ? 'sestavené' : 'built' }
  return {
    name,
    state: 'warning',
    says: isCzech ? 'není sestavené' : 'not built',
    advice: isCzech
      ? 'Sestaví je „npm start“, „npm run demo“ nebo „npm run build“.'
      : '"npm start", "npm run demo" or "npm run build" builds it.',
  }
}

async function checkRunning(config: Config, isCzech: boolean): Promise<Diagnosis> {
  const name = isCzech ? 'Adresa' : 'Address'
  const running = await findRunning(config.dataDir)
  if (running)
    return { name, state: 'ok', says: `${running.url} (${isCzech ? 'proces' : 'process'} ${running.pid})` }
  return {
    name,
    state: 'ok',
    says: isCzech ? 'neběží; spustí je „carryover serve“' : 'not running; "carryover serve" starts it',
  }
}
