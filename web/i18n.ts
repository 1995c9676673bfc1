/** Sentences of the interface in the chosen language; each language is a file of its own, loaded when chosen. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { currentLanguage, keepLanguage, type Language } from './language.ts'
import type en from './locales/en.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

const load: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import('./locales/en.json'),
  cs: () => import('./locales/cs.json'),
}

export async function startLanguage(): Promise<void> {
  const language = currentLanguage()
  const sentences = await load[language]()
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: sentences.default } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = language
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const sentences = await load[language]()
    i18next.addResourceBundle(language, 'translation', sentences.default)
  }
  keepLanguage(language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}
