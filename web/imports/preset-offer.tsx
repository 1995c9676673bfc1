/** The file bears the mark of another system's export: one press assigns every column, nothing is left out. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { listPresets } from '../../src/imports/presets/contract.ts'
import { call } from '../api.ts'
import { useKindLabels, useLabel } from './kinds.ts'
import css from './new-import.module.css'

export function PresetOffer(props: {
  name: string
  isBeginning: boolean
  onBegin: () => void
}): ReactElement | null {
  const { t, i18n } = useTranslation()
  const label = useLabel()
  const kindLabels = useKindLabels()
  const presets = useQuery({
    queryKey: ['import-presets'],
    queryFn: ({ signal }) => call(listPresets, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const preset = presets.data?.presets.find((one) => one.name === props.name)
  if (!preset) return null
  const kinds = new Intl.ListFormat(i18n.language).format(preset.kinds.map((kind) => kindLabels(kind).many))
  return (
    <div className={css.ask}>
      <p className={css.question}>{t('import.preset.looksLike', { preset: label(preset.labels) })}</p>
      <div className={css.line}>
        <Button onClick={props.onBegin} disabled={props.isBeginning}>
          {t('import.preset.use')}
        </Button>
        <span className="quiet">{t('import.preset.why', { kinds })}</span>
      </div>
    </div>
  )
}
