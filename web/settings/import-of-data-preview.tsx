/** How many records of each kind would go and how many stay, those by their reasons. */
import { type ReactElement, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { previewDeletion } from '../../src/imports/undo/contract.ts'
import type { OperationAnswer } from '../../src/platform/contract.ts'
import { useKind } from '../imports/kinds.ts'
import { useFormat } from '../ui/format.ts'
import css from './import-of-data.module.css'

type Kind = OperationAnswer<typeof previewDeletion>['kinds'][number]

export function DeletionPreview(props: { kinds: readonly Kind[] }): ReactElement {
  return (
    <ul className={css.kinds}>
      {props.kinds.map((kind) => (
        <KindPreview key={kind.kind} of={kind} />
      ))}
    </ul>
  )
}

function KindPreview(props: { of: Kind }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const id = useId()
  const { of } = props
  const { kind, label } = useKind(of.kind)
  return (
    <li className={css.kind} aria-labelledby={id}>
      <p id={id} className={css.kindName}>
        {kind ? label(kind.labels) : of.kind}
      </p>
      <dl className={css.fates}>
        <div data-fate="go" data-none={of.deletable === 0}>
          <dd className="num">{format.number(of.deletable)}</dd>
          <dt>{t('importOfData.go')}</dt>
        </div>
        <div data-fate="stay" data-none={of.kept === 0}>
          <dd className="num">{format.number(of.kept)}</dd>
          <dt>{t('importOfData.stay')}</dt>
        </div>
      </dl>
      <div className={css.reasons}>
        {of.reasons.length > 0 && (
          <ul aria-label={t('importOfData.whyStay')}>
            {of.reasons.map((reason) => (
              <li key={reason.because}>
                <span className="num">{format.number(reason.count)}</span> {reason.because}
              </li>
            ))}
          </ul>
        )}
        {of.edited > 0 && <p className={css.edited}>{t('importOfData.edited', { count: of.edited })}</p>}
        {of.kept === 0 && of.edited === 0 && <p className="quiet">{t('importOfData.nothingStays')}</p>}
      </div>
    </li>
  )
}
