/**
 * An expected "no" to a request. Each module declares its refusals once (code, HTTP status, the sentence
 * in every language) with `declareRefusals`; throwing a code that nobody declared is a bug and says so.
 */

export type Language = 'en' | 'cs'
export type Sentence = Readonly<Record<Language, string>>
export type RefusalDeclaration = { readonly status: number; readonly en: string; readonly cs: string }
export type RefusalParams = Readonly<Record<string, string | number>>

export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly params: RefusalParams
  readonly sentences: Sentence

  constructor(code: string, declaration: RefusalDeclaration, params: RefusalParams) {
    super(fillSentence(declaration.en, params))
    this.name = 'Refusal'
    this.code = code
    this.status = declaration.status
    this.params = params
    this.sentences = { en: declaration.en, cs: declaration.cs }
  }

  /** What a person reads: what is wrong and what to do next. */
  sentence(language: Language): string {
    return fillSentence(this.sentences[language], this.params)
  }
}

/**
 * Declares a family of refusals and returns the function that makes one:
 * `throw refuse('import.not_found', { id })`.
 */
export function declareRefusals<const T extends Record<string, RefusalDeclaration>>(declarations: T) {
  const refuse = (code: keyof T & string, params: RefusalParams = {}): Refusal =>
    new Refusal(code, declarations[code]!, params)
  return Object.assign(refuse, { declarations: declarations })
}

/** Puts `{name}` parameters into a sentence; a missing one stays visible as `{name}`. */
export function fillSentence(
  template: string,
  params: Readonly<Record<string, string | number | null | undefined>>,
): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    params[name] === undefined || params[name] === null ? whole : String(params[name]),
  )
}
