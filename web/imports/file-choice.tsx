/** What of a received file is imported, and what its rows become: each sheet or table with its own kind. */
import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { FilePart } from '../../src/imports/read/contract.ts'
import { Problem } from '../ui/notice.tsx'
import parts from './file-contents.module.css'
import { keyOf, PartWords, usePartName } from './file-contents.tsx'
import type { Options } from './file-part.tsx'
import { kindsQuery, useLabel } from './kinds.ts'
import css from './new-import.module.css'
import { PresetOffer } from './preset-offer.tsx'

export type Part = z.infer<typeof FilePart>
export type Choice = { readonly kind: string; readonly reading: Options }

/** A file of one table needs one answer; what its columns look like stands first. */
export function KindChoice(props: {
  part: Part | undefined
  isBeginning: boolean
  onBegin: (choice: Choice) => void
  onPreset: (preset: string, reading: Options) => void
}): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const kinds = useQuery(kindsQuery)
  const suggested = props.part?.suggestedKind ?? null
  const sorted = [...(kinds.data?.kinds ?? [])].sort(
    (a, b) => Number(b.name === suggested) - Number(a.name === suggested),
  )
  const { part } = props
  const preset = part?.suggestedPreset ?? null
  const ask = (
    <div className={css.ask}>
      <p className={css.question}>
        {t(preset === null ? 'import.new.whichKind' : 'import.preset.otherwise')}
      </p>
      <Problem error={kinds.error} />
      <div className={css.line}>
        {sorted.map((kind) => (
          <Button
            key={kind.name}
            variant={kind.name === suggested && preset === null ? 'filled' : 'default'}
            disabled={props.isBeginning}
            onClick={() => props.onBegin({ kind: kind.name, reading: props.part?.options ?? {} })}
          >
            {label(kind.labels)}
          </Button>
        ))}
      </div>
    </div>
  )
  if (preset === null) return ask
  return (
    <>
      <PresetOffer
        name={preset}
        isBeginning={props.isBeginning}
        onBegin={() => props.onPreset(preset, part?.options ?? {})}
      />
      {ask}
    </>
  )
}

/** Several sheets or tables: which of them, and each with its own kind. */
export function PartsChoice(props: {
  contents: readonly Part[]
  isBeginning: boolean
  onBegin: (choices: readonly Choice[]) => void
  onCancel: () => void
}): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const kinds = useQuery(kindsQuery)
  const nameOf = usePartName()
  const { contents } = props
  const [taken, setTaken] = useState<ReadonlySet<string>>(() => new Set(takenAtFirst(contents)))
  const [kindOf, setKindOf] = useState<Readonly<Record<string, string>>>({})
  const fallback = kinds.data?.kinds[0]?.name ?? ''
  const kindFor = (part: Part): string => kindOf[keyOf(part)] ?? part.suggestedKind ?? fallback
  const chosen = contents.filter((part) => taken.has(keyOf(part)))
  const toggle = (part: Part) => {
    const key = keyOf(part)
    setTaken((now) => new Set(now.has(key) ? [...now].filter((one) => one !== key) : [...now, key]))
  }
  return (
    <div className={css.panel}>
      <p className={css.question}>{t('import.contents.which')}</p>
      <Problem error={kinds.error} />
      <ul className={parts.parts}>
        {contents.map((part) => (
          <li key={keyOf(part)} className={parts.part} data-read={taken.has(keyOf(part))}>
            <Checkbox
              checked={taken.has(keyOf(part))}
              onChange={() => toggle(part)}
              aria-label={t('import.contents.take', { name: nameOf(part) })}
            />
            <PartWords part={part} />
            <NativeSelect
              className={parts.kind}
              aria-label={t('import.contents.kindOf', { name: nameOf(part) })}
              disabled={!taken.has(keyOf(part))}
              value={kindFor(part)}
              onChange={(event) => setKindOf({ ...kindOf, [keyOf(part)]: event.currentTarget.value })}
              data={(kinds.data?.kinds ?? []).map((kind) => ({
                value: kind.name,
                label: label(kind.labels),
              }))}
            />
          </li>
        ))}
      </ul>
      <div className={parts.foot}>
        <span className="quiet">{t('import.contents.together')}</span>
        <span style={{ display: 'flex', gap: 8 }}>
          <Button variant="default" onClick={props.onCancel} disabled={props.isBeginning}>
            {t('import.cancel')}
          </Button>
          <Button
            disabled={chosen.length === 0 || !kinds.data}
            loading={props.isBeginning}
            onClick={() =>
              props.onBegin(chosen.map((part) => ({ kind: kindFor(part), reading: part.options })))
            }
          >
            {t('import.contents.begin', { count: chosen.length })}
          </Button>
        </span>
      </div>
    </div>
  )
}

/** What looks like one of our kinds and is not hidden; the first where nothing does. */
export function takenAtFirst(contents: readonly Part[]): string[] {
  const known = contents.filter(
    (part) => part.suggestedKind !== null && (part.sheet === null || part.sheet.state === 'visible'),
  )
  return (known.length > 0 ? known : contents.slice(0, 1)).map(keyOf)
}
