/** The key of a custom field, made once from its label: `Číslo smlouvy` → `cisloSmlouvy`. Pure. */
import { keyOf } from '../values/nearest-word.ts'

const LONGEST = 40

/** `taken` holds the keys of all fields that the kind ever had. */
export function makeFieldKey(label: string, taken: ReadonlySet<string>): string {
  const words = keyOf(label)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const joined = words
    .map((word, at) => (at === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join('')
    .slice(0, LONGEST)
  const key = /^[a-z]/.test(joined) ? joined : `field${joined}`
  if (!taken.has(key)) return key
  for (let number = 2; ; number += 1) if (!taken.has(`${key}${number}`)) return `${key}${number}`
}
