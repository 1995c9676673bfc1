/** The chosen language and the person's locale within it; kept in this browser. */
export const languages = ['en', 'cs'] as const
export type Language = (typeof languages)[number]

const key = 'carryover.language'

export function currentLanguage(): Language {
  const kept = localStorage.getItem(key)
  if (kept === 'en' || kept === 'cs') return kept
  return navigator.language.toLowerCase().startsWith('cs') ? 'cs' : 'en'
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(key, language)
}

/** `en` alone would write dates the American way; the browser's own English decides where it has one. */
export function currentLocale(): string {
  const language = currentLanguage()
  return (
    navigator.languages.find((locale) => locale.startsWith(`${language}-`)) ??
    (language === 'en' ? 'en-GB' : language)
  )
}
