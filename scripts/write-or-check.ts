/** Writes a generated file, or, with `--check`, fails when the one in the tree is another. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

export async function writeOrCheck(path: string, text: string): Promise<void> {
  if (!process.argv.includes('--check')) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
    return
  }
  const there = await readFile(path, 'utf8').catch(() => null)
  if (there === text) return
  process.stderr.write(`${path} is out of date. Run: node ${process.argv[1]}\n`)
  process.exitCode = 1
}
