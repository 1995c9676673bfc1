import { expect, test } from 'vitest'
import { findTables } from './table-shape.ts'

const shapes = (text: string) =>
  findTables(
    text.split('\n').map((line) => (line === '' ? [] : line.split(','))),
    { complete: true },
  ).map(({ start, preambleRows, headerRows, width, end, footerRows }) => [
    start,
    preambleRows,
    headerRows,
    width,
    end,
    footerRows,
  ])

test.each([
  ['a header over numbers', 'a,b\n1,2\n3,4', [[0, 0, 1, 2, null, 0]]],
  ['numbers alone', '1,2\n3,4\n5,6', [[0, 0, 0, 2, null, 0]]],
  ['a header over text', 'name,city\nAnn,Brno\nBob,Praha', [[0, 0, 1, 2, null, 0]]],
  ['years over numbers', 'Country,2004,2005,2006\nCZ,10,11,12\nSK,5,6,7', [[0, 0, 1, 4, null, 0]]],
  ['a title and a blank row', 'Report,,\n,,\na,b,c\n1,2,3\n4,5,6', [[0, 2, 1, 3, null, 0]]],
  [
    'keys and values above',
    'From,2024-01-01\nTo,2024-02-01\n\nid,name,city,amount\n1,A,X,2\n2,B,Y,3',
    [[0, 3, 1, 4, null, 0]],
  ],
  [
    'a last row in one cell is a row when it holds an address as rows do',
    'name,city,mail\nAnn,Brno,a@x.cz\nBob,Praha,b@x.cz\nEva Nováková Zlín e@x.cz',
    [[0, 0, 1, 3, null, 0]],
  ],
  [
    'a first row in one cell, too',
    'name,city,mail\nEva Nováková Zlín e@x.cz\nAnn,Brno,a@x.cz\nBob,Praha,b@x.cz',
    [[0, 0, 1, 3, null, 0]],
  ],
  ['names and units', 'time,temp,press\ns,C,Pa\n1,20,100\n2,21,101', [[0, 0, 2, 3, null, 0]]],
  ['the header twice', 'id,name\nid,name\n1,a\n2,b', [[0, 0, 2, 2, null, 0]]],
  [
    'the header again further down',
    'id,name\n1,a\n2,b\nid,name\n3,c',
    [
      [0, 0, 1, 2, 3, 0],
      [3, 0, 1, 2, null, 0],
    ],
  ],
  [
    'another table after a blank row',
    'id,n\n1,2\n3,4\n\nx,y,z\nq,1,2\nr,3,4',
    [
      [0, 0, 1, 2, 3, 0],
      [3, 1, 1, 3, null, 0],
    ],
  ],
  [
    'another table right below',
    'id,n\n1,2\n3,4\n5,6\nx,y,z\nq,1,2\nr,3,4',
    [
      [0, 0, 1, 2, 4, 0],
      [4, 0, 1, 3, null, 0],
    ],
  ],
  ['notes below', 'a,b,c\n1,2,3\n4,5,6\n\nSource: the office', [[0, 0, 1, 3, null, 1]]],
  ['totals are rows', 'a,b,c\nx,2,3\ny,5,6\nTotal,7,9', [[0, 0, 1, 3, null, 0]]],
  [
    'a first row that is broken',
    'name,mail,city\nAnn;a@x.cz,Brno\nBob,b@x.cz,Praha\nEva,e@x.cz,Most',
    [[0, 0, 1, 3, null, 0]],
  ],
  ['one cell', 'x', [[0, 0, 1, 1, null, 0]]],
  ['nothing', '', []],
])('%s', (_, text, expected) => {
  expect(shapes(text)).toEqual(expected)
})
