/** What a template says to the person who fills it in, in English and Czech. `{name}` stands for a value. */
import { fillSentence, type Language, type Sentence } from '../../platform/refusal.ts'

const sentences = {
  instructions: { en: 'Instructions', cs: 'Pokyny' },
  lists: { en: 'Lists', cs: 'Seznamy' },
  templateOf: { en: 'Template: {kind}', cs: 'Šablona: {kind}' },
  madeFor: {
    en: 'Made for {organisation} on {date}. It has the fields and lists of that day; download it again when they change.',
    cs: 'Vytvořeno pro {organisation} dne {date}. Obsahuje pole a seznamy platné ten den; když se změní, stáhněte šablonu znovu.',
  },
  howTo: { en: 'How to fill it in', cs: 'Jak šablonu vyplnit' },
  stepSheet: {
    en: 'Go to the sheet “{sheet}”. One row is one {one}.',
    cs: 'Přejděte na list „{sheet}“. Jeden řádek je jeden záznam: {one}.',
  },
  stepGroups: {
    en: 'A row has {count} numbered groups of columns (“{child} 1” to {count}). Leave those blank that you do not need.',
    cs: 'V řádku je {count} očíslovaných skupin sloupců („{child} 1“ až {count}). Nepotřebné nechte prázdné.',
  },
  stepSecond: {
    en: 'On the sheet “{sheet}” one row is one {one}. The column “{column}” says whom it belongs to: choose from the list, or write one that is in Carryover already. There may be any number of them.',
    cs: 'Na listu „{sheet}“ je jeden řádek jeden záznam: {one}. Sloupec „{column}“ říká, ke komu patří: vyberte ze seznamu, nebo napište toho, kdo už v Carryover je. Počet není omezen.',
  },
  stepExamples: {
    en: 'The grey rows that begin with “{mark}” show how it is done. They are left out of the import; you may delete them.',
    cs: 'Šedé řádky, které začínají „{mark}“, ukazují, jak na to. Do importu se nepočítají; můžete je smazat.',
  },
  stepRequired: {
    en: 'Columns with a star and a blue header are required. All others may stay blank.',
    cs: 'Sloupce s hvězdičkou a modrým záhlavím jsou povinné. Ostatní mohou zůstat prázdné.',
  },
  stepHints: {
    en: 'Choose a cell to see what belongs there. Where there is a list, choose from it. Zeros in front and dates stay as you write them.',
    cs: 'Po výběru buňky se zobrazí, co do ní patří. Kde je seznam, vyberte z něj. Nuly na začátku i data zůstanou tak, jak je napíšete.',
  },
  stepKeep: {
    en: 'Leave the header row as it is. You may move, hide or delete columns that you do not need.',
    cs: 'Řádek záhlaví neměňte. Sloupce, které nepotřebujete, můžete přesunout, skrýt nebo smazat.',
  },
  stepUpload: {
    en: 'Save it as XLSX and upload it under Settings → Import of data.',
    cs: 'Uložte ji jako XLSX a nahrajte v části Nastavení → Import dat z XLSX.',
  },
  whatHappens: { en: 'What happens at upload', cs: 'Co se stane po nahrání' },
  happensKnown: {
    en: 'The template is recognised, so there is nothing to assign. Columns of your own that it does not know are shown, and you decide about them.',
    cs: 'Šablona se pozná, takže není co přiřazovat. Vaše vlastní sloupce, které nezná, se ukážou a rozhodnete o nich.',
  },
  happensCheck: {
    en: 'Every row is checked before anything is written. You see the number of errors and each one with its sheet, row and column; correct the file and upload it again, or import only the rows without errors.',
    cs: 'Dříve než se cokoli zapíše, zkontroluje se každý řádek. Uvidíte počet chyb a každou s listem, řádkem a sloupcem; soubor opravte a nahrajte znovu, nebo importujte jen řádky bez chyb.',
  },
  happensLabel: {
    en: 'All that is imported gets a label with the date and number of the import, and the import can be undone.',
    cs: 'Vše, co se naimportuje, dostane štítek s datem a číslem importu, a import lze vrátit.',
  },
  limits: { en: 'Limits', cs: 'Omezení' },
  limitText: {
    en: 'A text that is too long is reported, never cut: the longest that a column takes stands below.',
    cs: 'Příliš dlouhý text se ohlásí, nikdy se nezkrátí: nejvyšší délku každého sloupce najdete níže.',
  },
  limitRows: {
    en: 'At most {count} rows on the sheet “{sheet}” in one import.',
    cs: 'Nejvýše {count} řádků na listu „{sheet}“ v jednom importu.',
  },
  noRowLimit: {
    en: 'The number of rows is limited only by the sheet itself (1,048,576).',
    cs: 'Počet řádků omezuje jen sám list (1 048 576).',
  },
  columns: { en: 'The columns of “{sheet}”', cs: 'Sloupce listu „{sheet}“' },
  column: { en: 'Column', cs: 'Sloupec' },
  isRequired: { en: 'Required', cs: 'Povinné' },
  whatToWrite: { en: 'What to write', cs: 'Co vyplnit' },
  example: { en: 'Example', cs: 'Příklad' },
  required: { en: 'required', cs: 'povinné' },
  optional: { en: '–', cs: '–' },
  requiredSentence: { en: 'Required.', cs: 'Povinné.' },
  requiredInGroup: {
    en: 'Required where any cell of this {one} is filled.',
    cs: 'Povinné, je-li vyplněna kterákoli buňka: {one}.',
  },
  requiredIf: {
    en: 'Required where “{field}” is {values}.',
    cs: 'Povinné, když „{field}“ je {values}.',
  },
  requiredIfBlank: {
    en: 'Required where “{field}” is blank.',
    cs: 'Povinné, když „{field}“ není vyplněno.',
  },
  groupColumns: { en: '{one} 1 to {count} – {field}', cs: '{one} 1 až {count} – {field}' },
  exampleMark: { en: 'EXAMPLE', cs: 'PŘÍKLAD' },
  text: { en: 'Text, at most {max} characters.', cs: 'Text, nejvýše {max} znaků.' },
  textFree: { en: 'Text.', cs: 'Text.' },
  multiline: {
    en: 'Text on one or more lines, at most {max} characters.',
    cs: 'Text na jednom či více řádcích, nejvýše {max} znaků.',
  },
  integer: { en: 'A whole number.', cs: 'Celé číslo.' },
  number: { en: 'A number.', cs: 'Číslo.' },
  range: { en: 'From {min} to {max}.', cs: 'Od {min} do {max}.' },
  boolean: { en: 'Choose yes or no.', cs: 'Vyberte ano, nebo ne.' },
  yes: { en: 'yes', cs: 'ano' },
  no: { en: 'no', cs: 'ne' },
  date: { en: 'A date, such as 2026-12-31.', cs: 'Datum, například 31.12.2026.' },
  datetime: {
    en: 'Date and time, such as 2026-12-31 14:30.',
    cs: 'Datum a čas, například 31.12.2026 14:30.',
  },
  time: { en: 'A time of day, such as 14:30.', cs: 'Čas, například 14:30.' },
  country: {
    en: 'A country: choose it, or write its name or two-letter code.',
    cs: 'Země: vyberte ji, nebo napište její název či dvoupísmenný kód.',
  },
  phone: {
    en: 'A phone number; without a country code (+…) it is read as one of {country}.',
    cs: 'Telefonní číslo; bez předvolby země (+…) se čte jako číslo země {country}.',
  },
  email: { en: 'One e-mail address.', cs: 'Jedna e-mailová adresa.' },
  url: { en: 'A web address.', cs: 'Webová adresa.' },
  file: { en: 'A link to a file.', cs: 'Odkaz na soubor.' },
  money: {
    en: 'An amount in {currency}, such as 1250.50; write another currency behind it.',
    cs: 'Částka v {currency}, například 1250,50; jinou měnu napište za ni.',
  },
  moneyFixed: {
    en: 'An amount in {currency}, such as 1250.50.',
    cs: 'Částka v {currency}, například 1250,50.',
  },
  percent: { en: 'Per cents: 21 is 21 %.', cs: 'Procenta: 21 je 21 %.' },
  enum: { en: 'Choose from the list.', cs: 'Vyberte ze seznamu.' },
  enumEmpty: {
    en: 'The list is still empty; fill it first under Settings → Code lists.',
    cs: 'Seznam je zatím prázdný; nejprve jej naplňte v části Nastavení → Číselníky.',
  },
  enumWith: { en: 'Choose from the list: {options}.', cs: 'Vyberte ze seznamu: {options}.' },
  choices: {
    en: 'One or more of these, separated by semicolons: {options}.',
    cs: 'Jedna nebo více z těchto hodnot, oddělených středníkem: {options}.',
  },
  tags: { en: 'Words separated by commas.', cs: 'Slova oddělená čárkami.' },
  reference: {
    en: '{attribute} of the {one}; it must be in Carryover.',
    cs: '{attribute} ({one}); musí být v Carryover.',
  },
  referenceInFile: {
    en: '{attribute} of the {one}; it must be in this file or in Carryover.',
    cs: '{attribute} ({one}); musí být v tomto souboru, nebo v Carryover.',
  },
  referencePerson: {
    en: '{attribute} of a person who is in Carryover.',
    cs: '{attribute} osoby, která je v Carryover.',
  },
  unique: { en: 'No two records may have the same.', cs: 'Žádné dva záznamy nesmějí mít stejnou hodnotu.' },
  pattern: { en: 'It must fit the pattern {pattern}.', cs: 'Musí odpovídat vzoru {pattern}.' },
  notInList: {
    en: 'This is not in the list. Choose from it.',
    cs: 'Tato hodnota v seznamu není. Vyberte z něj.',
  },
  maybeInList: {
    en: 'This is not in the list. Keep it only if Carryover knows it.',
    cs: 'Tato hodnota v seznamu není. Ponechte ji, jen pokud ji Carryover zná.',
  },
  doesNotFit: { en: 'This does not fit here. {hint}', cs: 'Tato hodnota sem nepatří. {hint}' },
  fileName: { en: 'carryover-template-{kind}', cs: 'carryover-sablona-{kind}' },
} satisfies Record<string, Sentence>

export type TemplateWord = keyof typeof sentences
export type TemplateWords = (key: TemplateWord, params?: Readonly<Record<string, string | number>>) => string

export function templateWords(language: Language): TemplateWords {
  return (key, params = {}) => fillSentence(sentences[key][language], params)
}
