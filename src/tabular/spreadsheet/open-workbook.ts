/** Which workbook a file is, by its content: its name decides nothing. */
import { refuseArchive } from '../archive-refusals.ts'
import type { ZipArchive } from '../archive-zip.ts'
import type { ByteSource } from '../byte-source.ts'
import type { Workbook } from './workbook.ts'
import { openXlsx } from './xlsx.ts'

export function isZip(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE(0) === 0x504b0304
}

/** A workbook that is no package; null: something else. */
export async function openWorkbook(bytes: ByteSource, head: Buffer): Promise<Workbook | null> {
  if (head.length >= 8 && head.readUInt32BE(0) === 0xd0cf11e0)
    throw refuseArchive('file.workbook_unsupported', { name: bytes.name, what: 'xls' })
  return null
}

/** The workbook in a package; null: an archive of something else. */
export async function openPackage(zip: ZipArchive): Promise<Workbook | null> {
  if (zip.find('[Content_Types].xml') !== undefined || zip.find('xl/workbook.xml') !== undefined)
    return openXlsx(zip)
  return null
}
