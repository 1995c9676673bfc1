/**
 * Compares words as people write them: without case, accents and punctuation; and finds the one word of a list
 * that is a slip of the hand away. Never used to repair, only to suggest.
 */

/** What a word means, and the word as it is properly written. */
export type Choice = { readonly value: string; readonly word: string }

/** A word without case, accents, points and superfluous spaces. */
export function keyOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f.]/g, '')
    .replace(/[\s\-_]+/g, ' ')
    .replaceAll('ß', 'ss')
    .trim()
    .toLowerCase()
}

/** The one choice within a distance that a slip explains; null when there is none, or two that are as near. */
export function findNearest(text: string, choices: Iterable<readonly [string, Choice]>): Choice | null {
  const key = keyOf(text)
  if (key.length < 4 || key.length > 60) return null
  let least = key.length < 7 ? 2 : 3
  let nearest: Choice | null = null
  for (const [candidate, choice] of choices) {
    if (candidate.length < 4 || Math.abs(candidate.length - key.length) > least) continue
    const distance = editDistance(key, candidate, least)
    if (distance < least) {
      least = distance
      nearest = choice
    } else if (distance === least && nearest !== null && nearest.value !== choice.value) {
      nearest = null
    }
  }
  return nearest
}

/** Insertions, deletions, changes and swaps of neighbours between two words; `limit` + 1 when there are more. */
export function editDistance(left: string, right: string, limit: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    let least = row
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      let distance = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      if (
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1]
      ) {
        distance = Math.min(distance, beforeLast[column - 2]! + 1)
      }
      current.push(distance)
      if (distance < least) least = distance
    }
    if (least > limit) return limit + 1
    beforeLast = last
    last = current
  }
  return last[right.length]!
}
