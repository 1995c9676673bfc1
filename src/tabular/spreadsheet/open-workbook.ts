/** Which workbook a file is, by its content: its name decides nothing. */
import { refuseArchive } from '../archive-refusals.ts'
import type { ZipArchive } from '../archive-zip.ts'
import { type ByteSource, readSlice } from '../byte-source.ts'
import { compoundStreams, isCompound } from './compound-file.ts'
import type { Workbook } from './workbook.ts'
import { openXls, openXlsb } from './xls.ts'
import { openXlsx } from './xlsx.ts'
import { openOds, openXmlWorkbook } from './xml-tables.ts'

/** In which a document of XML says what it is. */
const START_BYTES = 8 * 1024

export function isZip(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE(0) === 0x504b0304
}

/** A workbook that is no package; null: something else. */
export async function openWorkbook(bytes: ByteSource, head: Buffer): Promise<Workbook | null> {
  const { name } = bytes
  if (isBareBiff(head)) return openXls(bytes)
  if (isMarkup(head)) return openXmlWorkbook(bytes, await startOf(bytes))
  if (!isCompound(head)) return null
  const streams = await compoundStreams(bytes)
  if (streams.has('EncryptedPackage') || streams.has('EncryptionInfo'))
    throw refuseArchive('file.encrypted', { name })
  if (streams.has('WordDocument'))
    throw refuseArchive('file.workbook_unsupported', { name, what: 'an old Word document' })
  if (streams.has('PowerPoint Document'))
    throw refuseArchive('file.workbook_unsupported', { name, what: 'an old presentation' })
  if (streams.has('Workbook') || streams.has('Book') || streams.has('WORKBOOK') || streams.has('BOOK'))
    return openXls(bytes)
  throw refuseArchive('file.damaged', { name, what: 'it has no workbook in it' })
}

/** Excel before 1993 wrote its records without a container: a file begins with the one that begins a stream. */
function isBareBiff(head: Buffer): boolean {
  if (head.length < 8 || head[0] !== 9) return false
  return (
    (head[1] === 0 || head[1] === 2 || head[1] === 4 || head[1] === 8) &&
    head[2]! >= 4 &&
    head[2]! <= 16 &&
    head[3] === 0
  )
}

/** Whether a text begins with a tag, after a mark of its encoding and blanks, in bytes or in UTF-16. */
function isMarkup(head: Buffer): boolean {
  return /^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?[\0\s]*</.test(head.toString('latin1'))
}

async function startOf(bytes: ByteSource): Promise<string> {
  return (await readSlice(bytes, 0, START_BYTES)).toString('latin1').replaceAll('\0', '')
}

/** The workbook in a package; null: an archive of something else. */
export async function openPackage(zip: ZipArchive, bytes: ByteSource): Promise<Workbook | null> {
  if (zip.find('xl/workbook.bin') !== undefined) return openXlsb(zip, bytes)
  if (zip.find('[Content_Types].xml') !== undefined || zip.find('xl/workbook.xml') !== undefined)
    return openXlsx(zip)
  if (zip.find('content.xml') !== undefined) return openOds(zip)
  return null
}
