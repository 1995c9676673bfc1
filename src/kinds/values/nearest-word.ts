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

/** Choices by the first letter of their key: a slip in it is rare, and a wrong column may hold a million misses. */
export type ChoiceIndex = ReadonlyMap<string, readonly (readonly [key: string, choice: Choice])[]>

export function indexChoices(choices: Iterable<readonly [key: string, choice: Choice]>): ChoiceIndex {
  const entries = Array.from(choices).filter(([key]) => key.length >= SHORTEST)
  return Map.groupBy(entries, ([key]) => key[0]!)
}

/** Shorter words are too like each other. */
const SHORTEST = 4
const LONGEST = 60

/** The one choice within a distance that a slip explains; null when there is none, or two that are as near. */
export function findNearest(text: string, index: ChoiceIndex): Choice | null {
  if (text.length > 2 * LONGEST) return null
  const key = keyOf(text)
  if (key.length < SHORTEST || key.length > LONGEST) return null
  let least = key.length < 7 ? 2 : 3
  let nearest: Choice | null = null
  for (const [candidate, choice] of index.get(key[0]!) ?? []) {
    if (Math.abs(candidate.length - key.length) > least) continue
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
