/** What the command line says about imports, in English and Czech. `{name}` stands for a value. */
import { fillSentence, type Language, type Sentence } from '../platform/refusal.ts'

const sentences = {
  // statuses of an import
  incomplete: { en: 'Incomplete', cs: 'Neúplný' },
  checking: { en: 'Checking', cs: 'Kontroluje se' },
  failed: { en: 'Failed', cs: 'Neúspěšný' },
  waiting_for_approval: { en: 'Waiting for approval', cs: 'Čeká na schválení' },
  in_progress: { en: 'In progress', cs: 'Probíhá' },
  completed: { en: 'Completed', cs: 'Dokončeno' },
  cancelled: { en: 'Cancelled', cs: 'Zrušeno' },
  undone: { en: 'Undone', cs: 'Vráceno' },
  partly_undone: { en: 'Partly undone', cs: 'Vráceno zčásti' },
  // progress
  sending: { en: 'sending', cs: 'odesílá se' },
  looking: { en: 'looking at the file', cs: 'zjišťuje se, jak soubor číst' },
  queued: { en: 'waiting for the worker', cs: 'čeká na zpracování' },
  read: { en: 'reading', cs: 'čte se' },
  check: { en: 'checking', cs: 'kontroluje se' },
  load: { en: 'loading', cs: 'načítá se' },
  undo: { en: 'undoing', cs: 'vrací se' },
  starting: { en: 'starting the database', cs: 'spouští se databáze' },
  stopping: { en: 'stopping; nothing will be half written', cs: 'zastavuje se; nic nezůstane zapsané napůl' },
  cannotStop: {
    en: 'this goes on to its end; Ctrl-C again leaves it to the next worker',
    cs: 'toto doběhne do konce; další Ctrl-C to nechá na příštím zpracování',
  },
  secondsLeft: { en: '{seconds} s left', cs: 'zbývá {seconds} s' },
  perSecond: { en: '{rows} rows/s', cs: '{rows} řádků/s' },
  // the file and its columns
  importOf: { en: '{file} → {kind}   import {id} ({label})', cs: '{file} → {kind}   import {id} ({label})' },
  leftOut: { en: 'Columns left out: {columns}', cs: 'Vynechané sloupce: {columns}' },
  allAssigned: { en: 'All {count} columns are assigned.', cs: 'Přiřazeny jsou všechny sloupce ({count}).' },
  someAssigned: { en: '{some} of {count} columns are assigned.', cs: 'Přiřazeno {some} z {count} sloupců.' },
  sheetsLeftOut: {
    en: 'Not recognised as a kind, and left out: {sheets}',
    cs: 'Nerozpoznáno jako druh, a proto vynecháno: {sheets}',
  },
  sameFile: {
    en: 'This very file has been imported already: {imports}.',
    cs: 'Tentýž soubor už byl importován: {imports}.',
  },
  incompleteHint: {
    en: 'The import is kept as Incomplete. Assign the columns with --mapping FILE.json or --set FIELD=VALUE and import again, or go on in the web interface.',
    cs: 'Import zůstává neúplný. Přiřaďte sloupce pomocí --mapping SOUBOR.json nebo --set POLE=HODNOTA a importujte znovu, nebo pokračujte ve webovém rozhraní.',
  },
  // the plan
  plan: { en: 'Plan', cs: 'Plán' },
  wouldCreate: { en: 'Would be created, for example', cs: 'Vzniklo by například' },
  wouldUpdate: { en: 'Would be changed, for example', cs: 'Změnilo by se například' },
  wouldSkip: { en: 'Would be skipped, for example', cs: 'Přeskočilo by se například' },
  // findings
  badCells: { en: 'Where the bad cells are', cs: 'Kde jsou chybné buňky' },
  wholeRow: { en: '(row)', cs: '(řádek)' },
  row: { en: 'row', cs: 'řádek' },
  line: { en: 'line', cs: 'č. ř.' },
  column: { en: 'column', cs: 'sloupec' },
  value: { en: 'value', cs: 'hodnota' },
  what: { en: 'what is wrong and what to do', cs: 'co je špatně a co s tím' },
  moreFindings: { en: '… and {count} more', cs: '… a dalších {count}' },
  alsoNoted: { en: 'Also noted', cs: 'Za zmínku stojí' },
  // the balance sheet
  balance: { en: 'Balance', cs: 'Bilance' },
  balancePlanned: { en: 'Balance, if it were loaded', cs: 'Bilance, kdyby se načetl' },
  created: { en: 'created', cs: 'vytvořeno' },
  updated: { en: 'changed', cs: 'změněno' },
  joined: { en: 'joined', cs: 'připojeno' },
  loaded: { en: 'loaded', cs: 'načteno' },
  unchanged: { en: 'unchanged', cs: 'beze změny' },
  skipped: { en: 'skipped', cs: 'přeskočeno' },
  failedRows: { en: 'failed', cs: 'nenačteno' },
  rowsInFile: { en: 'rows in the file', cs: 'řádků v souboru' },
  addsUp: { en: 'adds up', cs: 'souhlasí' },
  doesNotAddUp: { en: 'does not add up', cs: 'nesouhlasí' },
  // what now
  question: { en: 'Load it? [y/N] ', cs: 'Načíst? [a/N] ' },
  nothingWritten: { en: 'Nothing was written.', cs: 'Nic nebylo zapsáno.' },
  dryRun: {
    en: 'That was a dry run: nothing was written, and the import is cancelled.',
    cs: 'To byla zkouška: nic nebylo zapsáno a import je zrušen.',
  },
  waiting: { en: 'Waiting for approval: {command}', cs: 'Čeká na schválení: {command}' },
  mayNotApprove: {
    en: 'Somebody with the right has to approve it.',
    cs: 'Schválit jej musí někdo, kdo na to má právo.',
  },
  loadedOnly: {
    en: 'To load the valid rows only: --rows valid-only',
    cs: 'Jen platné řádky se načtou pomocí: --rows valid-only',
  },
  completedHead: { en: 'Loaded in one commit as {label}.', cs: 'Načteno jedním zápisem jako {label}.' },
  toUndo: { en: 'undo', cs: 'vrátit' },
  toFindings: { en: 'all findings', cs: 'všechny nálezy' },
  toOpen: { en: 'look at it', cs: 'prohlédnout' },
  toApprove: { en: 'approve', cs: 'schválit' },
  // undo
  reversed: { en: 'reversed', cs: 'vráceno' },
  kept: { en: 'kept', cs: 'ponecháno' },
  blocked: { en: 'blocked', cs: 'zablokováno' },
  undoPreview: {
    en: 'Undo of import {id} ({label}) would do this',
    cs: 'Vrácení importu {id} ({label}) by udělalo toto',
  },
  undoDone: { en: 'Import {id} ({label}) is undone.', cs: 'Import {id} ({label}) je vrácen.' },
  undoPartly: {
    en: 'Import {id} ({label}) is partly undone: some records stay, each with its reason.',
    cs: 'Import {id} ({label}) je vrácen zčásti: některé záznamy zůstávají, každý se svým důvodem.',
  },
  undoReturned: {
    en: 'Import {id} ({label}) could not be undone; it stands as it was loaded. Try again.',
    cs: 'Import {id} ({label}) se nepodařilo vrátit; zůstává tak, jak byl načten. Zkuste to znovu.',
  },
  // lists
  noImports: { en: 'No imports yet.', cs: 'Zatím žádné importy.' },
  label: { en: 'label', cs: 'štítek' },
  kind: { en: 'kind', cs: 'druh' },
  status: { en: 'status', cs: 'stav' },
  rows: { en: 'rows', cs: 'řádků' },
  file: { en: 'file', cs: 'soubor' },
  by: { en: 'by', cs: 'kdo' },
  when: { en: 'when', cs: 'kdy' },
  moreImports: { en: 'Older ones: --limit', cs: 'Starší: --limit' },
  written: { en: 'Written to {path}.', cs: 'Zapsáno do {path}.' },
  isCancelled: {
    en: 'Import {id} is cancelled. Nothing was written.',
    cs: 'Import {id} je zrušen. Nic nebylo zapsáno.',
  },
  // reading alone
  readAs: {
    en: '{encoding}, delimiter {delimiter}, {header} header row(s), {rows} rows',
    cs: '{encoding}, oddělovač {delimiter}, řádků záhlaví: {header}, řádků: {rows}',
  },
  readSheet: {
    en: 'sheet {sheet}, {header} header row(s), {rows} rows',
    cs: 'list {sheet}, řádků záhlaví: {header}, řádků: {rows}',
  },
  readFound: {
    en: 'found {found}. --report FILE tells where.',
    cs: 'nalezeno {found}. Kde, řekne --report SOUBOR.',
  },
  // doctor
  doctorWell: { en: 'All is well.', cs: 'Vše je v pořádku.' },
  doctorFound: {
    en: 'Problems: {problems}, warnings: {warnings}.',
    cs: 'Problémy: {problems}, upozornění: {warnings}.',
  },
  // the running installation
  runsAt: { en: 'Carryover is running:', cs: 'Carryover běží:' },
  alreadyRunsAt: { en: 'Carryover is running already:', cs: 'Carryover už běží:' },
  setupLink: {
    en: 'There is no organisation yet. This link opens once, and sets it up:',
    cs: 'Zatím tu není žádná organizace. Tento odkaz platí jednou a založí ji:',
  },
  stopWith: { en: 'Ctrl-C stops it.', cs: 'Zastaví se pomocí Ctrl-C.' },
  workerRuns: { en: 'The worker is running.', cs: 'Zpracování běží.' },
  workerDied: {
    en: 'The worker ended; it is started again in {seconds} s.',
    cs: 'Zpracování skončilo; znovu se spustí za {seconds} s.',
  },
  demoPeople: {
    en: 'Imported by {importer}, approved by {approver}.',
    cs: 'Importuje {importer}, schválil(a) {approver}.',
  },
  role: { en: 'role', cs: 'role' },
  name: { en: 'name', cs: 'jméno' },
  password: { en: 'password', cs: 'heslo' },
  demonstration: { en: 'Using the demonstration in {folder}.', cs: 'Používá se ukázka ve složce {folder}.' },
} satisfies Record<string, Sentence>

export type Word = keyof typeof sentences
/** The sentence of a key, with its values filled in. */
export type Words = (key: Word, params?: Readonly<Record<string, string | number>>) => string

export function wordsIn(language: Language): Words {
  return (key, params = {}) => fillSentence(sentences[key][language], params)
}
