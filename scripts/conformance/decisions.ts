/**
 * Cases whose expected answer we do not give on purpose. Each is explained in docs/conformance.md under its id.
 * They are named by suite and file for people to follow; the reader knows nothing of them.
 */
type Decision = { readonly id: string; readonly suite: RegExp; readonly file: RegExp; readonly why: string }

const pollock = /^pollock(?:_alt_contacts10)?$/
const survey = /^pollock_survey$/

const decisions: readonly Decision[] = [
  {
    id: 'P1',
    suite: pollock,
    file: /^row_less_sep/,
    why: 'two cells have run together; the row is padded and reported, never cut by a guess',
  },
  {
    id: 'P2',
    suite: pollock,
    file: /^row_more_sep/,
    why: 'a blank cell too many is taken out only where the types of the other rows say which one',
  },
  {
    id: 'P3',
    suite: pollock,
    file: /^(?:row|file)_field_delimiter\w*_0x20/,
    why: 'blanks divide cells that hold blanks themselves; where that cannot be undone the line stays as it is',
  },
  {
    id: 'P4',
    suite: pollock,
    file: /^file_quotation_char_0x27/,
    why: 'where the apostrophe quotes, two double quotes are two characters',
  },
  {
    id: 'S1',
    suite: survey,
    file: /^(?:0Al-Sn|100mAOne|300mAThree|extended|narrow|pssave)/,
    why: 'the file has no header and none is invented',
  },
  {
    id: 'S2',
    suite: survey,
    file: /^(?:S30out|W44out)/,
    why: 'columns without a label and without a cell at the end of every row are no columns',
  },
  {
    id: 'S3',
    suite: survey,
    file: /^(?:LOS_1050|Results)/,
    why: 'the header is as wide as its rows, so that the table is rectangular',
  },
  {
    id: 'S4',
    suite: survey,
    file: /^(?:2004-2016|Copy_of|O18_air|PLA_|HMRC_|workforce-)/,
    why: 'the hand-cleaned file changes characters of cells, or drops blanks; a reader must not',
  },
  {
    id: 'S5',
    suite: survey,
    file: /^(?:Feb-2016|Note_4_)/,
    why: 'a note under the table and a title above it are no row and no label',
  },
  {
    id: 'D1',
    suite: /^dialect\/csv_wrangling$/,
    file: /^(?:gsi_adresser|replace)/,
    why: 'the file is divided by semicolons, whatever the list says',
  },
  {
    id: 'E1',
    suite: /^encodings$/,
    file: /^chardet\/(?:Big5|CP949|EUC-JP|TIS-620)__/,
    why: 'the code page is right; the Encoding Standard and the expected text map a few signs differently',
  },
  {
    id: 'C1',
    suite: /^csv_suites\/papaparse$/,
    file: /Quoted field has invalid trailing quote/,
    why: 'a quote that is wrongly closed ends with its line instead of taking the next rows with it',
  },
  {
    id: 'C2',
    suite: /^csv_suites\/papaparse$/,
    file: /Mixed slash n and slash r/,
    why: 'line ends may be mixed, and each ends its row',
  },
  {
    id: 'C3',
    suite: /^csv_suites\/csv-parse$/,
    file: /comment|^undefined$/,
    why: 'a comment is a whole line; a mark inside a row belongs to its cell',
  },
  {
    id: 'C4',
    suite: /^csv_suites\/csv-parse$/,
    file: /does not apply to delimiter/,
    why: 'an escape character protects the delimiter too',
  },
  {
    id: 'C5',
    suite: /^csv_suites\/twins$/,
    file: /^(?:univocity\/csv_essential-mac|phpspreadsheet\/CSV__premiere\.utf16le)/,
    why: 'these two are no twins: one holds another row, the other writes its line ends in another way',
  },
  {
    id: 'C6',
    suite: /^csv_suites\/all$/,
    file: /^duckdb\//,
    why: 'the file holds binary data or is packed with zstd: a refusal that says so',
  },
  {
    id: 'W1',
    suite: /^spreadsheets\/unreadable$/,
    file: /null_archive/,
    why: 'an archive that holds one blank file is read as that: no rows',
  },
  {
    id: 'H1',
    suite: /^hostile$/,
    file: /^openspout__xlsx__file_corrupted/,
    why: 'the content decides and not the name: the file is a plain text table',
  },
]

/** The documented reason, or null when the difference is open. */
export function decisionFor(suite: string, file: string): string | null {
  const found = decisions.find((one) => one.suite.test(suite) && one.file.test(file))
  return found === undefined ? null : `${found.id}: ${found.why}`
}
