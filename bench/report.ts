/** What the bench prints: figures beside their targets. */

export type BenchSize = { readonly rows: number; readonly rounds: number }

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** A figure with its target; `least` where more is better. */
export function reportFigure(
  what: string,
  measured: number,
  unit: '×' | 'MB',
  target: { readonly most: number } | { readonly least: number },
): void {
  const isMet = 'most' in target ? measured <= target.most : measured >= target.least
  const bound = 'most' in target ? `at most ${target.most}` : `at least ${target.least}`
  const shown = unit === 'MB' ? measured.toFixed(0) : measured.toFixed(2)
  say(`${isMet ? ' ok ' : 'MISS'}  ${what}: ${shown} ${unit} (${bound} ${unit})`)
}

export function grouped(value: number): string {
  return value.toLocaleString('en-GB')
}
