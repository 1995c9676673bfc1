/**
 * The command line: every command with its options, a stable contract that scripts depend on. Each command's
 * own code is loaded when it runs, so that help and `read` start at once and need no database.
 */
import { readFileSync } from 'node:fs'
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { complaintOf, exits } from './commands/exit.ts'
import { type Output, openOutput } from './commands/output.ts'
import type { ListenOptions } from './commands/serve.ts'

const program = new Command('carryover')
  .description(
    'Moves a business in: reads any file an old system left, checks every row before one is written,\nloads them in one commit, and can undo it all.',
  )
  .version(readVersion(), '-V, --version')
  .showHelpAfterError('Run it with --help to see how it is used.')
  .exitOverride()
  .configureHelp({ helpWidth: 100, sortOptions: false })
  .addHelpText(
    'after',
    `
Exit codes: 0 done · 1 findings, nothing written · 2 wrong usage · 3 refused, or waiting for approval · 4 outage`,
  )

program.commandsGroup('Run it:')
listening(command('serve', 'the web interface and a worker'))
  .option('--demo', 'with a demonstration organisation and its first import')
  .action((options) => run(options, (output) => serve(options, output)))
listening(command('web', 'only the web interface and the API')).action((options) =>
  run(options, async (output) => (await import('./commands/serve.ts')).runWeb(options, output)),
)
command('work', 'only a worker: checks, loads and undoes imports, sends mail')
  .addOption(dataOption())
  .action((options) =>
    run(options, async (output) => (await import('./commands/work.ts')).runWork(options, output)),
  )
command('doctor', 'tells what is used and what is wrong')
  .addOption(dataOption())
  .addOption(jsonOption())
  .action((options) =>
    run(options, async (output) => (await import('./commands/doctor.ts')).runDoctor(options, output)),
  )

program.commandsGroup('Move data in:')
command('read', 'files as clean CSV, as they were understood; needs no database')
  .argument('<files...>', 'files to read')
  .addOption(
    new Option('--format <format>', 'what to write').choices(['csv', 'ndjson', 'cells']).default('csv'),
  )
  .option('--report <file>', 'how it was read, and what was found, as JSON')
  .option('--out-dir <dir>', 'for each file its output and its report, in this folder')
  .option('--sheet <name>', 'of a workbook, or its number; default: the first with rows')
  .addOption(new Option('--hidden <how>', 'hidden rows and columns').choices(['include', 'leave-out']))
  .addOption(
    new Option('--merged <how>', 'where the value of merged cells stands').choices(['fill', 'top-left']),
  )
  .option('--encoding <name>', 'such as utf-8 or windows-1250; detected when not given')
  .option('--delimiter <text>', 'between cells; "tab" for a tab')
  .option('--quote <character>', 'around cells; "none" for none')
  .option('--escape <character>', 'before a quote inside of a cell; "none" for none')
  .option('--comment <text>', 'what lines begin with that are left out; "none" for none')
  .option('--header-row <n>', 'line that is the header; 0 for no header', wholeNumber)
  .option('--header-rows <n>', 'rows of the header', wholeNumber)
  .option('--preamble-rows <n>', 'rows above the header that are left out', wholeNumber)
  .option('--footer-rows <n>', 'rows below the table that are left out', wholeNumber)
  .option('--table <n>', 'which table of the file, from 1', wholeNumber)
  .addOption(
    new Option('--ragged <how>', 'short rows: pad them, or report each as an error').choices([
      'pad',
      'refuse',
    ]),
  )
  .action((files, options) =>
    run({}, async (output) => (await import('./commands/read.ts')).runRead(files, options, output)),
  )
connected(
  command('import', 'check files, and load them once they are approved')
    .argument('<files...>', 'files to import: each by itself, or with a kind for each all as one import')
    .option(
      '--kind <kind>',
      'what the rows become, such as clients; once, or once for each file; a workbook may do without',
      collected,
    )
    .option('--preset <name>', 'a ready mapping for the export of another system, such as hubspot-contacts')
    .option('--mapping <file>', 'JSON with columns, constants and settings')
    .option('--set <field=value>', 'one value for all rows; may be repeated', collected)
    .addOption(
      new Option('--rows <rule>', 'when some rows cannot be loaded').choices([
        'all-or-nothing',
        'valid-only',
      ]),
    )
    .addOption(
      new Option('--existing <rule>', 'records that are there already').choices([
        'create',
        'update',
        'upsert',
      ]),
    )
    .option('--match <fields>', 'fields by which existing records are recognised, with commas')
    .option('--dry-run', 'check only: no record is written, the import is cancelled and keeps its findings')
    .option('-y, --yes', 'approve it, where you may'),
).action((files, options) =>
  run(options, async (output) => (await import('./commands/import.ts')).runImport(files, options, output)),
)
connected(
  command('imports', 'all imports, or one as it stands')
    .addArgument(idArgument('[id]'))
    .option('--limit <n>', 'how many of the list', wholeNumber),
).action((id, options) =>
  run(options, async (output) => (await import('./commands/imports.ts')).runImports(id, options, output)),
)
connected(
  command('approve', 'release a checked import: it is loaded in one commit').addArgument(idArgument('<id>')),
).action((id, options) =>
  run(options, async (output) => (await import('./commands/approve.ts')).runApprove(id, options, output)),
)
connected(
  command('cancel', 'stop an import, or give it up; nothing is half written').addArgument(idArgument('<id>')),
).action((id, options) =>
  run(options, async (output) => (await import('./commands/approve.ts')).runCancel(id, options, output)),
)
connected(
  command('undo', 'undo an import, updates included')
    .addArgument(idArgument('<id>'))
    .option('--preview', 'only tell what would be reversed, kept and blocked'),
).action((id, options) =>
  run(options, async (output) => (await import('./commands/undo.ts')).runUndo(id, options, output)),
)

program.commandsGroup('Take data out:')
connected(
  command('findings', 'all findings of an import with their places')
    .addArgument(idArgument('<id>'))
    .addOption(
      new Option('--format <format>', 'default: csv, or by the name of the output').choices([
        'csv',
        'xlsx',
        'ndjson',
      ]),
    )
    .option('-o, --output <file>', 'where to write it; otherwise to stdout'),
  'streams',
).action((id, options) =>
  run(options, async (output) => (await import('./commands/findings.ts')).runFindings(id, options, output)),
)
connected(
  command('export', 'all records of a kind, as a file that imports again')
    .argument('<kind>', 'such as clients')
    .option('--where <field=value>', 'only records that fit; may be repeated', collected)
    .addOption(
      new Option('--format <format>', 'default: csv, or by the name of the output').choices(['csv', 'xlsx']),
    )
    .option('-o, --output <file>', 'where to write it; otherwise to stdout')
    .addOption(new Option('--language <language>', 'of the header').choices(['en', 'cs'])),
  'streams',
).action((kind, options) =>
  run(options, async (output) => (await import('./commands/export.ts')).runExport(kind, options, output)),
)
connected(
  command('template', 'a workbook to fill in, with the fields and lists as they are now')
    .argument('<kind>', 'such as clients')
    .addOption(
      new Option(
        '--shape <shape>',
        'contact persons in columns of their client, or in a table of their own',
      ).choices(['one-table', 'two-tables']),
    )
    .addOption(
      new Option('--format <format>', 'default: xlsx, or by the name of the output').choices(['xlsx', 'csv']),
    )
    .option('-o, --output <file>', 'where to write it; otherwise to stdout')
    .addOption(new Option('--language <language>', 'of the template').choices(['en', 'cs'])),
  'streams',
).action((kind, options) =>
  run(options, async (output) => (await import('./commands/template.ts')).runTemplate(kind, options, output)),
)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // Help and version were asked for; anything else was written wrongly.
  process.exitCode = error.exitCode === 0 ? exits.done : exits.usage
}

function command(name: string, summary: string): Command {
  return program
    .command(name)
    .description(`${summary[0]!.toUpperCase()}${summary.slice(1)}.`)
    .summary(summary)
    .helpOption('-h, --help', 'this text')
}

function listening(of: Command): Command {
  return of
    .option('--port <n>', 'default: 4000', portNumber)
    .option('--host <address>', 'default: 127.0.0.1; 0.0.0.0 for every address of this machine')
    .addOption(dataOption())
}

/** Options by which a command finds what it talks to. */
function connected(of: Command, how: 'answers' | 'streams' = 'answers'): Command {
  if (how === 'answers') of.addOption(jsonOption())
  return of
    .optionsGroup('Where:')
    .option('--server <url>', 'a running server instead of the local data folder')
    .addOption(new Option('--api-key <key>', 'for --server').env('CARRYOVER_API_KEY'))
    .addOption(dataOption())
    .option('--as <email>', 'whom to act as, locally')
    .option('--org <name>', 'in which organisation, locally')
}

function dataOption(): Option {
  return new Option('--data <dir>', 'the data folder; default: CARRYOVER_DATA, or the usual place')
}

function jsonOption(): Option {
  return new Option('--json', 'one JSON object on stdout, and nothing else')
}

function idArgument(usage: string): Argument {
  return new Argument(usage, 'number of the import').argParser((text: string) => {
    if (!/^\d{1,18}$/.test(text))
      throw new InvalidArgumentError('It is the number in the first column of "carryover imports".')
    return text
  })
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is a whole number.')
  return Number(text)
}

function portNumber(text: string): number {
  const port = wholeNumber(text)
  if (port > 65_535) throw new InvalidArgumentError('Ports go from 0 to 65535.')
  return port
}

function collected(text: string, before: string[] = []): string[] {
  return [...before, text]
}

async function serve(options: ListenOptions & { demo?: boolean }, output: Output): Promise<number> {
  if (options.demo) return (await import('./commands/demo.ts')).runDemo(options, output)
  return (await import('./commands/serve.ts')).runServe(options, output)
}

/** Runs a command to its exit code; what goes wrong is said in one sentence. */
async function run(options: { json?: boolean }, act: (output: Output) => Promise<number>): Promise<void> {
  const output = openOutput(options.json === true)
  try {
    process.exitCode = await act(output)
  } catch (error) {
    const { code, sentence, exit } = await complaintOf(error, output.language)
    if (output.isJson) output.tell({ error: { code, sentence } })
    output.note(`carryover: ${sentence}`)
    process.exitCode = exit
  }
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
