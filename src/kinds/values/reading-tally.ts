/**
 * Counts, over the samples of a column, what speaks for each of several ways to read it, and decides.
 * Keeps counts only. A reading wins by values that the others cannot read; where values come out differently
 * and nothing speaks for one of them, it is a person's question.
 */
import type { Converted } from './value.ts'

/** A few rows that fit only another reading are faults of those rows; more of them are a question. */
const FAULTS_PER_FIT = 0.05

export type ReadingTally = {
  /** Takes what each reading made of one sample. */
  count(values: readonly Converted[]): void
  settle(): {
    /** The reading that fits most samples, the first of them when several do. */
    readonly best: number
    /** Readings that fit no worse and give the same values. */
    readonly equals: readonly number[]
    readonly isSettled: boolean
    /** Samples that the best reading cannot read. */
    readonly problems: number
    readonly fits: number
  }
}

export function tallyReadings(size: number): ReadingTally {
  const fits = Array.from({ length: size }, () => 0)
  const differing = Array.from({ length: size * size }, () => 0)
  const onlyFirst = Array.from({ length: size * size }, () => 0)
  let samples = 0

  const count = (values: readonly Converted[]): void => {
    if (values.every((value) => value === null)) return
    samples++
    for (let first = 0; first < size; first++) {
      const value = values[first]
      if (typeof value !== 'string') continue
      fits[first]!++
      for (let second = 0; second < size; second++) {
        const other = values[second]
        if (typeof other !== 'string') onlyFirst[first * size + second]!++
        else if (other !== value) differing[first * size + second]!++
      }
    }
  }

  const settle = () => {
    const best = fits.indexOf(Math.max(...fits))
    const equals: number[] = []
    let isSettled = true
    for (let rival = 0; rival < size; rival++) {
      if (rival === best) continue
      const forBest = onlyFirst[best * size + rival]!
      const forRival = onlyFirst[rival * size + best]!
      const differ = differing[best * size + rival]!
      if (forBest === 0 && differ === 0) equals.push(rival)
      else if (forBest === 0 || forRival > forBest * FAULTS_PER_FIT) isSettled = false
    }
    return { best, equals, isSettled, problems: samples - fits[best]!, fits: fits[best]! }
  }
  return { count, settle }
}
