import { expect, test } from 'vitest'
import { detectDialect } from './dialect.ts'

const found = (text: string) => {
  const { delimiter, quote, escape, spaced, merged, padded } = detectDialect(text, true)
  return {
    delimiter,
    quote,
    escape,
    ...(spaced && { spaced }),
    ...(merged && { merged }),
    ...(padded && { padded }),
  }
}
const usual = { quote: '"', escape: '"' }

test.each([
  ['commas', 'a,b,c\n1,2,3\n', { delimiter: ',', ...usual }],
  ['semicolons, with decimal commas', 'a;b\n1,5;2,5\n3,5;4,5\n', { delimiter: ';', ...usual }],
  ['tabs, with commas in text', 'name\tnote\nx\ta, b\ny\tc, d, e\n', { delimiter: '\t', ...usual }],
  ['pipes', 'a|b|c\n1|2|3\n', { delimiter: '|', ...usual }],
  ['one column', 'Profession\nFinance\nInformation Technology\nPolicy\n', { delimiter: ',', ...usual }],
  ['prose', 'This is a note.\nIt has two lines of five.\n', { delimiter: ',', ...usual }],
  ['a delimiter in quotes does not count', 'a;b\n"1,2,3";x\n"4,5,6";y\n', { delimiter: ';', ...usual }],
  ['apostrophes as quotes', "a,b\n'x, y',1\n'z, w',2\n", { delimiter: ',', quote: "'", escape: "'" }],
  ['apostrophes of names', "name,city\nO'Brien,L'Aquila\nD'Arcy,Kuala\n", { delimiter: ',', ...usual }],
  [
    'backslashes as escapes',
    'a,b\n"x \\"y\\" z",1\n"w \\"v\\" u",2\n',
    { delimiter: ',', quote: '"', escape: '\\' },
  ],
  ['paths that end in a backslash', 'a,b\n"C:\\temp\\",1\n"D:\\",2\n', { delimiter: ',', ...usual }],
  ['a blank after every delimiter', 'a, b, c\n1, 2, 3\n', { delimiter: ',', ...usual, spaced: true }],
  ['blanks before quotes, too', '"a", b\n"1", "2,5"\n', { delimiter: ',', ...usual, spaced: true }],
  ['blanks before quotes alone', 'a,b\n"1", "2,5"\n"x", "3,5"\n', { delimiter: ',', ...usual, padded: true }],
  ['doubled delimiters', 'a||b||c\n1||2||3\n', { delimiter: '||', ...usual }],
  [
    'columns set apart by blanks',
    'id   price  depth\n1    10.5   61\n22   9.25   60\n333  7      59\n',
    { delimiter: ' ', ...usual, merged: true },
  ],
  [
    'quoted cells between blanks',
    'time "what" "who" n\n10:20 "GET a" "Ann, x" 5 6\n10:21 "PUT b" "Bob" 7\n10:22 "GET c" "Eve" 8\n',
    { delimiter: ' ', ...usual },
  ],
  [
    'quotes in prose',
    'He said "yes" to it\nShe said "no" to it\nThey "left" then\n',
    { delimiter: ',', ...usual },
  ],
  ['comment lines say nothing', '# a; b; c\n# d; e; f\nx,y\n1,2\n', { delimiter: ',', ...usual }],
  ['times are no columns', 'when\n10:20:30\n11:21:31\n12:22:32\n', { delimiter: ',', ...usual }],
])('%s', (_, text, dialect) => {
  expect(found(text)).toEqual(dialect)
})
