/**
 * Cases whose expected answer we do not give on purpose. Each rule is explained in docs/conformance.md under
 * its id; a case is named by suite and file, never used by the reader, and counts as decided, not as right.
 */
type Decision = { readonly id: string; readonly suite: RegExp; readonly file: RegExp; readonly why: string }

const decisions: readonly Decision[] = []

/** The documented reason, or null when the difference is open. */
export function decisionFor(suite: string, file: string): string | null {
  const found = decisions.find((one) => one.suite.test(suite) && one.file.test(file))
  return found === undefined ? null : `${found.id}: ${found.why}`
}
