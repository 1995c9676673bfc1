/** Custom fields and options in words: the organisation's own labels in the reader's language. */
import { useTranslation } from 'react-i18next'
import type { OwnLabel } from '../../src/kinds/custom-fields/contract.ts'

export const fieldsKey = ['custom-fields']
export const listsKey = ['code-lists']

export function useOwnLabel(): (label: OwnLabel) => string {
  const { i18n } = useTranslation()
  return ({ en, cs }) => (i18n.language === 'cs' ? (cs ?? en) : (en ?? cs)) ?? ''
}
